package io.synthray.evaluator.backlog;

import io.synthray.evaluator.health.Vitals;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/** {@code GET /backlog}: {@code {"requests": n, "trials": n}}, or status 503 while it is not known. */
@ApplicationScoped
class BacklogRoute {
    private final Vitals vitals;

    BacklogRoute(Vitals vitals) {
        this.vitals = vitals;
    }

    void register(@Observes Router router) {
        router.get("/backlog").handler(this::answer);
    }

    private void answer(RoutingContext context) {
        vitals.backlog()
                .ifPresentOrElse(
                        backlog -> context.json(Map.of("requests", backlog.requests(), "trials", backlog.trials())),
                        () -> context.response().setStatusCode(503).end());
    }
}
