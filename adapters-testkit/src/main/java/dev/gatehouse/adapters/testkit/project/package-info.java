/** Contract, in-memory port and fixtures for projects. */
@NullMarked
package dev.gatehouse.adapters.testkit.project;

import org.jspecify.annotations.NullMarked;
