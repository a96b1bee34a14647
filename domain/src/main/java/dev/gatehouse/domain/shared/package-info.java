/** What every room of the domain uses and no feature owns: refusals, paging, transactions, secrets at rest. At most ten types. */
@NullMarked
package dev.gatehouse.domain.shared;

import org.jspecify.annotations.NullMarked;
