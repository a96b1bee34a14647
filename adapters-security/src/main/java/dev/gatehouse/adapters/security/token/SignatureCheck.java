package dev.gatehouse.adapters.security.token;

/** Whether a signature was made over these bytes by the one key it stands for, by the one algorithm of that key. Never throws. */
@FunctionalInterface
interface SignatureCheck {
    boolean fits(byte[] signed, byte[] signature);
}
