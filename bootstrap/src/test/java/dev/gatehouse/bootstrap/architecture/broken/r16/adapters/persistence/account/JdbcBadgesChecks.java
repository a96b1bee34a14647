package dev.gatehouse.bootstrap.architecture.broken.r16.adapters.persistence.account;

import dev.gatehouse.bootstrap.architecture.broken.r16.adapters.testkit.account.BadgesContract;

/** Implements the contract, and no build runs it: its name does not end as a test's. */
class JdbcBadgesChecks implements BadgesContract {}
