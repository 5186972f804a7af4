package io.synthray.local.broker;

import java.nio.file.Path;
import java.util.Properties;

/**
 * Settings of a single node that is broker and controller at once, on 127.0.0.1 only.
 *
 * @param data directory that outlives the process
 * @param port where clients connect
 * @param controllerPort where the node's broker finds its controller
 */
record BrokerSettings(Path data, int port, int controllerPort) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int PARTITIONS = 4;

    /** The server's properties (https://kafka.apache.org/42/configuration/broker-configs/). */
    Properties properties() {
        Properties all = new Properties();
        node(all);
        singleReplica(all);
        quickTurns(all);
        smallFootprint(all);
        return all;
    }

    private void node(Properties all) {
        all.setProperty("process.roles", "broker,controller");
        all.setProperty("node.id", "1");
        all.setProperty("controller.quorum.voters", "1@" + LOOPBACK + ":" + controllerPort);
        all.setProperty(
                "listeners",
                "PLAINTEXT://%s:%d,CONTROLLER://%s:%d".formatted(LOOPBACK, port, LOOPBACK, controllerPort));
        all.setProperty("advertised.listeners", "PLAINTEXT://" + LOOPBACK + ":" + port);
        all.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        all.setProperty("controller.listener.names", "CONTROLLER");
        all.setProperty("inter.broker.listener.name", "PLAINTEXT");
        all.setProperty("log.dirs", data.toAbsolutePath().toString());
        all.setProperty("auto.create.topics.enable", "false");
    }

    private static void singleReplica(Properties all) {
        for (String log : new String[] {"transaction.state.log", "share.coordinator.state.topic"}) {
            all.setProperty(log + ".replication.factor", "1");
            all.setProperty(log + ".min.isr", "1");
            all.setProperty(log + ".num.partitions", Integer.toString(PARTITIONS));
        }
        all.setProperty("offsets.topic.replication.factor", "1");
        all.setProperty("offsets.topic.num.partitions", Integer.toString(PARTITIONS));
    }

    /**
     * Members that were killed are noticed soon: with the defaults, a dead worker's partitions wait 45 s for their next one (its
     * records wait half a minute for their leases to end anyway), a dead producer's transaction holds readers back 10 s longer
     * than it must, and a broker that was killed is refused by its own controller for 9 s, since its last life counts as running
     * until then.
     */
    private static void quickTurns(Properties all) {
        all.setProperty("broker.session.timeout.ms", "4500");
        all.setProperty("broker.heartbeat.interval.ms", "500");
        all.setProperty("group.initial.rebalance.delay.ms", "0");
        all.setProperty("group.share.min.session.timeout.ms", "6000");
        all.setProperty("group.share.session.timeout.ms", "15000");
        all.setProperty("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    }

    private static void smallFootprint(Properties all) {
        all.setProperty("num.network.threads", "2");
        all.setProperty("num.io.threads", "4");
        all.setProperty("background.threads", "2");
        all.setProperty("num.recovery.threads.per.data.dir", "2");
        all.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
        all.setProperty("log.index.size.max.bytes", Integer.toString(1 << 20));
    }
}
