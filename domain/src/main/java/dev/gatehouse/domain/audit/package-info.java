/** What was done, refused or failed, by whom and from where. */
@NullMarked
package dev.gatehouse.domain.audit;

import org.jspecify.annotations.NullMarked;
