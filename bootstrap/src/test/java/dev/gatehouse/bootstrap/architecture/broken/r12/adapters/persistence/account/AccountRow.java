package dev.gatehouse.bootstrap.architecture.broken.r12.adapters.persistence.account;

record AccountRow() {
    /** No more visible than what holds it. */
    public record Part() {}
}
