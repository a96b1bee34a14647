package dev.gatehouse.domain.account;

/** The passwords that everybody tries first, as leaks have shown them. */
public interface KnownPasswords {
    /** Whether this is one of them, in whatever letter case. */
    boolean holds(PlainPassword password);
}
