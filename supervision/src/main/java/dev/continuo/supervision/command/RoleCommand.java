package dev.continuo.supervision.command;

import picocli.CommandLine.Command;

@Command(name = "role")
final class RoleCommand implements Runnable {
    @Override
    public void run() {
    }
}
