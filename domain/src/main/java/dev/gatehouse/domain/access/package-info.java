/** Who is asking, and whether the policy allows it. */
@NullMarked
package dev.gatehouse.domain.access;

import org.jspecify.annotations.NullMarked;
