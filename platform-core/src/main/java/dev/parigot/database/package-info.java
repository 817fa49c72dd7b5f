/** The one relational database: an H2 file by default, PostgreSQL by a setting. */
@NullMarked
package dev.parigot.database;

import org.jspecify.annotations.NullMarked;
