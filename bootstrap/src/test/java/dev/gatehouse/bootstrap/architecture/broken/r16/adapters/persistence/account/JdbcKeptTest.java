package dev.gatehouse.bootstrap.architecture.broken.r16.adapters.persistence.account;

import dev.gatehouse.bootstrap.architecture.broken.r16.adapters.testkit.account.KeptContract;
import org.junit.jupiter.api.Nested;

/** As it should be, one for each database. */
class JdbcKeptTest {
    @Nested
    class OnOneDatabase implements KeptContract {}

    @Nested
    class OnAnother implements KeptContract {}
}
