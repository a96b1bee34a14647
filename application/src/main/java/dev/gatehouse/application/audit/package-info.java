/** Writing down what was done, and reading it. */
@NullMarked
package dev.gatehouse.application.audit;

import org.jspecify.annotations.NullMarked;
