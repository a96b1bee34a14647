/**
 * The rules of the house, checked on the whole of it.
 * Beside them, in {@code broken}, classes that break each rule, to show that it can fail.
 */
@NullMarked
package dev.gatehouse.bootstrap.architecture;

import org.jspecify.annotations.NullMarked;
