package dev.gatehouse.domain.account;

/** Where the generated password of the first administrator lies until it is changed. */
public interface InitialPassword {
    /** Keeps it where only the operator can read it, in place of an earlier one. */
    void keep(PlainPassword password);

    /** Removes it; none kept is no error. */
    void forget();
}
