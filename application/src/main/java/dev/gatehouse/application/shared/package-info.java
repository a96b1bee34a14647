/** What every conversation does the same way. */
@NullMarked
package dev.gatehouse.application.shared;

import org.jspecify.annotations.NullMarked;
