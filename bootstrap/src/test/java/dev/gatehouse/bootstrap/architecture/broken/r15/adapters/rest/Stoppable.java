package dev.gatehouse.bootstrap.architecture.broken.r15.adapters.rest;

/** What somebody else's type asks for. */
final class Stoppable extends Thread {
    @Override
    public void setContextClassLoader(ClassLoader loader) {
        super.setContextClassLoader(loader);
    }
}
