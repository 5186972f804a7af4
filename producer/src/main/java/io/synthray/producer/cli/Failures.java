package io.synthray.producer.cli;

import io.synthray.imaging.dataset.DatasetException;
import io.synthray.producer.broker.PlatformUnavailableException;
import io.synthray.producer.report.OutputException;
import io.synthray.producer.stats.MalformedCsvException;
import io.synthray.producer.study.InvalidStudyException;
import io.synthray.producer.submit.NoReferencesException;
import io.synthray.producer.submit.PlanChangedException;
import io.synthray.producer.submit.SubmitSupersededException;
import io.synthray.producer.submit.UnknownStudyException;
import io.synthray.producer.submit.UnreadableStudyException;
import io.synthray.schemas.serde.RegistryException;
import io.synthray.schemas.topic.BrokerUnavailableException;
import io.synthray.schemas.topic.TopicSettingsException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns errors into messages and exit codes. What nobody expected is logged with its stack trace, and the message says where. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    /** Errors whose message is written for the user. */
    private static final List<Class<? extends RuntimeException>> EXPLAINED = List.of(
            CommandException.class,
            DatasetException.class,
            MalformedCsvException.class,
            NoReferencesException.class,
            OutputException.class,
            PlatformUnavailableException.class,
            BrokerUnavailableException.class,
            RegistryException.class,
            PlanChangedException.class,
            SubmitSupersededException.class,
            UnknownStudyException.class,
            UnreadableStudyException.class);

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof InvalidStudyException invalid) {
            invalid.problems().forEach(err::println);
            int count = invalid.problems().size();
            err.println("error: " + (count == 1 ? "the study has a fault" : "the study has " + count + " faults"));
        } else if (failure instanceof TopicSettingsException) {
            err.println("error: " + failure.getMessage() + "\nRun 'synthray setup' to create what is missing.");
        } else if (EXPLAINED.stream().anyMatch(type -> type.isInstance(failure))) {
            err.println("error: " + failure.getMessage());
        } else if (failure instanceof KafkaException) {
            err.println(
                    "error: the broker cannot be used: " + innermost(failure).getMessage());
        } else {
            unexpected(failure, command, err);
        }
        err.flush();
        return ExitCode.FAILURE;
    }

    private static void unexpected(Exception failure, CommandLine command, PrintWriter err) {
        LoggerFactory.getLogger(Failures.class).error("unexpected", failure);
        Object root = command.getCommandSpec().root().userObject();
        String where = root instanceof SynthrayCommand synthray ? "; details are in " + synthray.logFile() : "";
        err.println("error: this should not have happened (%s: %s)%s"
                .formatted(failure.getClass().getSimpleName(), failure.getMessage(), where));
    }

    private static Throwable innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("error: " + failure.getMessage().replaceFirst("^Error: ", ""));
        suggestion(failure).ifPresent(err::println);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return ExitCode.USAGE;
    }

    private static Optional<String> suggestion(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            return Optional.of("Did you mean: " + String.join(", ", unmatched.getSuggestions()) + "?");
        }
        return Optional.empty();
    }
}
