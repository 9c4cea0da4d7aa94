package dev.continuo.supervision.command;

import picocli.CommandLine.Command;

@Command(name = "reason")
final class ReasonCommand implements Runnable {
    @Override
    public void run() {
    }
}
