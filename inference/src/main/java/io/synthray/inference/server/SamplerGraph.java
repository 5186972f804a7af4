/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.synthray.inference.proto.onnx.AttributeProto;
import io.synthray.inference.proto.onnx.GraphProto;
import io.synthray.inference.proto.onnx.ModelProto;
import io.synthray.inference.proto.onnx.NodeProto;
import io.synthray.inference.sampler.Vocabulary;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a sampler's graph itself says of its steps and words, which ONNX Runtime does not tell. A graph that is not ours may say
 * neither.
 *
 * @param steps rows of the tensor {@code solver}
 * @param spellings words that the tokenizer knows, each by itself and with a punctuation mark; of another one our graph draws
 *     nothing, without a word
 */
record SamplerGraph(Optional<Long> steps, Optional<Set<String>> spellings) {

    private static final int MOST_STEPS = 1000;

    /** Copies the words. */
    SamplerGraph {
        spellings = spellings.map(Set::copyOf);
    }

    /**
     * Reads an ONNX file.
     *
     * @throws InvalidProtocolBufferException if it is none
     */
    static SamplerGraph read(ByteBuffer bytes) throws InvalidProtocolBufferException {
        return of(ModelProto.parseFrom(bytes).getGraph());
    }

    private static SamplerGraph of(GraphProto graph) {
        Optional<Long> steps = graph.getInitializerList().stream()
                .filter(tensor -> tensor.getName().equals("solver") && tensor.getDimsCount() > 0)
                .map(tensor -> tensor.getDims(0))
                .findFirst();
        Optional<Set<String>> spellings = graph.getNodeList().stream()
                .filter(node -> node.getOpType().equals("LabelEncoder"))
                .map(NodeProto::getAttributeList)
                .flatMap(List::stream)
                .filter(attribute -> attribute.getName().equals("keys_strings"))
                .map(AttributeProto::getStringsList)
                .map(keys -> keys.stream().map(ByteString::toStringUtf8).collect(Collectors.toSet()))
                .findFirst();
        return new SamplerGraph(steps, spellings);
    }

    /** Where the parameters {@code steps} and {@code vocabulary} of a version contradict the graph, in words; empty if they agree. */
    String contradiction(ModelSettings settings, String version) {
        String text = settings.parameter("steps", version).orElse("");
        boolean inRange =
                text.matches("[0-9]{1,4}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= MOST_STEPS;
        if (!inRange) {
            return "parameter steps: expected a whole number from 1 to " + MOST_STEPS + ", found '" + text + "'";
        }
        if (steps.isPresent() && steps.get() != Integer.parseInt(text)) {
            return "parameter steps: expected " + steps.get() + " as the graph's solver has, found '" + text + "'";
        }
        return spellings
                .map(known -> difference(
                        known, settings.parameter("vocabulary", version).map(Vocabulary::parse)))
                .orElse("");
    }

    private static String difference(Set<String> known, Optional<Vocabulary> configured) {
        String expected = "parameter vocabulary: expected the words of the graph's LabelEncoder, found ";
        if (configured.isEmpty()) {
            return expected + "none";
        }
        Set<String> spellings = configured.get().spellings();
        Set<String> different = new TreeSet<>(known);
        different.addAll(spellings);
        Set<String> common = new HashSet<>(known);
        common.retainAll(spellings);
        different.removeAll(common);
        return different.stream()
                .findFirst()
                .map(word -> expected + "a difference at '" + word + "'")
                .orElse("");
    }
}
