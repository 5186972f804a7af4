package io.synthray.local.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of 127.0.0.1 that nobody listens on at the moment of asking. They lie below those that the operating system gives to
 * clients: a client that keeps calling a server which has been killed could otherwise be given the server's own port, and then
 * talk to itself while the server cannot start again.
 */
public final class FreePorts {
    private static final int FIRST = 15_000;
    private static final int LAST = 32_000;

    private FreePorts() {}

    /** So many different ports. */
    public static List<Integer> take(int count) {
        List<Integer> taken = new ArrayList<>();
        while (taken.size() < count) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (!taken.contains(port) && isFree(port)) {
                taken.add(port);
            }
        }
        return taken;
    }

    /** Whether nobody listens on this port of 127.0.0.1. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort() == port;
        } catch (IOException e) {
            return false;
        }
    }
}
