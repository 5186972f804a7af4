package io.synthray.generator.health;

import io.synthray.generator.health.Vitals.Connections;
import io.synthray.generator.retry.Dependency;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready: broker and inference server answer now, and no request waits for something that is away. */
@Readiness
@ApplicationScoped
class ReadyCheck implements HealthCheck {
    private static final int TIMEOUT_MILLIS = 2000;

    private final Vitals vitals;

    ReadyCheck(Vitals vitals) {
        this.vitals = vitals;
    }

    @Override
    public HealthCheckResponse call() {
        Map<String, String> problems = new LinkedHashMap<>();
        for (Dependency dependency : vitals.dependencies().all()) {
            dependency.failure().ifPresent(failure -> problems.put(dependency.name(), failure));
        }
        vitals.connections().ifPresentOrElse(open -> ask(open, problems), () -> problems.put("worker", "not started"));
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("dependencies").status(problems.isEmpty());
        problems.forEach(response::withData);
        return response.build();
    }

    private static void ask(Connections open, Map<String, String> problems) {
        try {
            if (!open.inference().isReady().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
                problems.putIfAbsent(
                        "inference server", "not ready at " + open.inference().server());
            }
        } catch (ExecutionException | TimeoutException e) {
            problems.putIfAbsent(
                    "inference server", "no answer from " + open.inference().server());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            open.admin()
                    .describeCluster(new DescribeClusterOptions().timeoutMs(TIMEOUT_MILLIS))
                    .nodes()
                    .get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            problems.putIfAbsent("broker", "no answer within " + TIMEOUT_MILLIS + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
