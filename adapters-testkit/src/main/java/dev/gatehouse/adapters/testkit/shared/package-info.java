/** What every room of the testkit uses: the store under the in-memory ports, a clock, ids, races, samples; and the contracts of the shared ports. */
@NullMarked
package dev.gatehouse.adapters.testkit.shared;

import org.jspecify.annotations.NullMarked;
