package dev.gatehouse.adapters.rest;

import java.util.Arrays;

/** The gRPC codes that this service answers with, and the HTTP status of each (Argo CD contract 6.1). */
public enum Code {
    INVALID_ARGUMENT(3, 400),
    NOT_FOUND(5, 404),
    ALREADY_EXISTS(6, 409),
    PERMISSION_DENIED(7, 403),
    RESOURCE_EXHAUSTED(8, 429),
    FAILED_PRECONDITION(9, 400),
    ABORTED(10, 409),
    OUT_OF_RANGE(11, 400),
    UNIMPLEMENTED(12, 501),
    INTERNAL(13, 500),
    UNAVAILABLE(14, 503),
    UNAUTHENTICATED(16, 401);

    private final int number;
    private final int status;

    Code(int number, int status) {
        this.number = number;
        this.status = status;
    }

    public int number() {
        return number;
    }

    public int status() {
        return status;
    }

    /** The code that fits a status which the framework chose. */
    static Code forStatus(int status) {
        return switch (status) {
            case 405 -> UNIMPLEMENTED;
            case 409 -> ABORTED;
            case 412, 428 -> FAILED_PRECONDITION;
            default ->
                Arrays.stream(values())
                        .filter(each -> each.status == status)
                        .findFirst()
                        .orElse(status >= 500 ? INTERNAL : INVALID_ARGUMENT);
        };
    }
}
