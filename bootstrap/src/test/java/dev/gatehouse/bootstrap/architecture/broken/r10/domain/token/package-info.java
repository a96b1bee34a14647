/** Marked, as every package should be. */
@NullMarked
package dev.gatehouse.bootstrap.architecture.broken.r10.domain.token;

import org.jspecify.annotations.NullMarked;
