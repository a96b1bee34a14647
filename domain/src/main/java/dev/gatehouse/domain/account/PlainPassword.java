package dev.gatehouse.domain.account;

/** A password as a person typed it. Never stored, never logged, never compared. */
public final class PlainPassword {
    private final String secret;

    public PlainPassword(String secret) {
        this.secret = secret;
    }

    /** The only way out: for the hasher, and for the one reply or file that shows a generated password. */
    public String reveal() {
        return secret;
    }

    @Override
    public String toString() {
        return "PlainPassword[…]";
    }
}
