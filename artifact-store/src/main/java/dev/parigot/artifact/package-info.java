/**
 * Content-addressed artifacts in S3.
 *
 * <p>There is one way to the artifacts, the MinIO SDK over the S3 protocol; where no S3 service is
 * configured an {@link dev.parigot.artifact.EmbeddedS3} is one. An artifact is written once under
 * its digest and never altered, so readers may keep it for good.
 */
@NullMarked
package dev.parigot.artifact;

import org.jspecify.annotations.NullMarked;
