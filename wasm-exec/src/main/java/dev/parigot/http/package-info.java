/** HTTP/1.1 messages as bytes, and CGI: what passes between a web server and a guest. */
@NullMarked
package dev.parigot.http;

import org.jspecify.annotations.NullMarked;
