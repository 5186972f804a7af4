/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The models of a folder that is laid out as Triton wants it: {@code <model>/config.pbtxt} and {@code
 * <model>/<version>/model.onnx}.
 */
final class ModelRepository implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ModelRepository.class.getName());

    /** Versions of each model, ascending. */
    private final Map<String, List<OnnxModel>> models = new TreeMap<>();

    /** Why a model is left out, by its name. */
    private final Map<String, StartupException> refused = new TreeMap<>();

    private ModelRepository() {}

    /**
     * Loads everything that can be loaded. Models without an ONNX graph and broken ones are left out with a word in the log, so that
     * the others are served.
     *
     * @throws StartupException if there is no such folder, or no model in it that can be served
     */
    static ModelRepository load(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new StartupException("repository: expected a folder, found nothing at '" + folder + "'");
        }
        ModelRepository repository = new ModelRepository();
        try {
            for (Path model : children(folder)) {
                repository.addOrRefuse(model);
            }
            if (repository.models.isEmpty()) {
                if (!repository.refused.isEmpty()) {
                    throw repository.refused.values().iterator().next();
                }
                throw new StartupException(
                        "repository: expected <model>/config.pbtxt and <model>/<version>/model.onnx in '" + folder
                                + "', found no such model");
            }
            return repository;
        } catch (RuntimeException e) {
            repository.close();
            throw e;
        }
    }

    /** A model of which one version is broken is left out whole: without a version named, clients would get another one. */
    private void addOrRefuse(Path folder) {
        String name = folder.getFileName().toString();
        try {
            add(folder);
        } catch (StartupException e) {
            List<OnnxModel> loaded = models.remove(name);
            if (loaded != null) {
                loaded.forEach(OnnxModel::close);
            }
            refused.put(name, e);
            LOG.log(System.Logger.Level.ERROR, "model left out: model={0} reason={1}", name, e.getMessage());
        }
    }

    private void add(Path folder) {
        Path config = folder.resolve("config.pbtxt");
        String name = folder.getFileName().toString();
        if (!Files.isRegularFile(config)) {
            LOG.log(System.Logger.Level.WARNING, "model left out: model={0} reason=no config.pbtxt", name);
            return;
        }
        ModelSettings settings = ModelSettings.read(config, name);
        List<Long> available = children(folder).stream()
                .filter(version -> Files.isRegularFile(graph(version)))
                .map(version -> version.getFileName().toString())
                .filter(version -> version.matches("[1-9][0-9]{0,17}"))
                .map(Long::valueOf)
                .sorted()
                .toList();
        for (long version : settings.served(available)) {
            Path graph = graph(folder.resolve(String.valueOf(version)));
            OnnxModel model = OnnxModel.load(graph, String.valueOf(version), settings);
            models.computeIfAbsent(name, unused -> new ArrayList<>()).add(model);
            LOG.log(
                    System.Logger.Level.INFO,
                    "model loaded: model={0} version={1} weights_sha256={2}",
                    name,
                    model.version(),
                    model.weightsSha256());
        }
        if (!models.containsKey(name)) {
            LOG.log(System.Logger.Level.WARNING, "model left out: model={0} reason=no version with a model.onnx", name);
        }
    }

    /** A model of this name and version; without a version, the highest. */
    Optional<OnnxModel> find(String name, String version) {
        return versions(name).stream()
                .filter(model -> version.isEmpty() || model.version().equals(version))
                .reduce((lower, higher) -> higher);
    }

    /** Why a model is not served though it is there, in a line. */
    Optional<String> refusal(String name) {
        return Optional.ofNullable(refused.get(name)).map(Throwable::getMessage);
    }

    /** The served versions of a model, ascending; none if it is unknown. */
    List<OnnxModel> versions(String name) {
        return models.getOrDefault(name, List.of());
    }

    @Override
    public void close() {
        models.values().forEach(versions -> versions.forEach(OnnxModel::close));
    }

    private static Path graph(Path version) {
        return version.resolve("model.onnx");
    }

    private static List<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isDirectory)
                    .sorted(Comparator.comparing(Path::getFileName))
                    .toList();
        } catch (IOException e) {
            throw new StartupException("repository: '" + folder + "' cannot be read: " + e, e);
        }
    }
}
