/** Content-addressed artifacts in S3. */
@NullMarked
package dev.parigot.artifact;

import org.jspecify.annotations.NullMarked;
