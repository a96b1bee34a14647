/** Projects, the unit of scope: roles, their policies and the groups that have them. */
@NullMarked
package dev.gatehouse.domain.project;

import org.jspecify.annotations.NullMarked;
