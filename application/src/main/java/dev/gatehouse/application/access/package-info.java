/** Who is asking, may they, and by what policy. */
@NullMarked
package dev.gatehouse.application.access;

import org.jspecify.annotations.NullMarked;
