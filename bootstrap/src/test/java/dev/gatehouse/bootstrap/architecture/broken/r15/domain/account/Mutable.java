package dev.gatehouse.bootstrap.architecture.broken.r15.domain.account;

final class Mutable {
    private String name = "";

    String name() {
        return name;
    }

    void setName(String name) {
        this.name = name;
    }
}
