/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The sizes of a tensor's dimensions, outermost first.
 *
 * @param dims sizes; {@link #ANY} stands for a size that is not fixed, as the batch in a model's description
 */
public record Shape(List<Long> dims) {

    /** A dimension of any size. */
    public static final long ANY = -1;

    private static final long TOO_MANY = 1L + Integer.MAX_VALUE;

    /**
     * Checks the sizes.
     *
     * @throws MalformedTensorException if a size is below {@link #ANY}
     */
    public Shape {
        dims = List.copyOf(dims);
        for (long dim : dims) {
            if (dim < ANY) {
                throw new MalformedTensorException("expected sizes of 0 or more, found shape " + text(dims));
            }
        }
    }

    /** The shape of these sizes. */
    public static Shape of(long... dims) {
        return new Shape(LongStream.of(dims).boxed().toList());
    }

    /** How many dimensions there are. */
    public int rank() {
        return dims.size();
    }

    /** The size of dimension {@code index}, counted from 0, outermost first. */
    public long dim(int index) {
        return dims.get(index);
    }

    /** Whether every size is known. */
    public boolean isConcrete() {
        return !dims.contains(ANY);
    }

    /**
     * How many elements a tensor of this shape has; 1 for a scalar.
     *
     * @throws MalformedTensorException if a size is not known, or the count exceeds what an array can hold
     */
    public int elements() {
        long count = 1;
        for (long dim : dims) {
            if (dim == ANY) {
                throw new MalformedTensorException("expected a size for every dimension, found shape " + this);
            }
            count = count * Math.min(dim, TOO_MANY);
            if (count >= TOO_MANY) {
                throw new MalformedTensorException(
                        "expected at most " + Integer.MAX_VALUE + " elements, found shape " + this);
            }
        }
        return (int) count;
    }

    /** Whether a tensor of the concrete shape {@code other} fits: the same rank, and the same size wherever one is fixed here. */
    public boolean accepts(Shape other) {
        if (rank() != other.rank()) {
            return false;
        }
        for (int i = 0; i < rank(); i++) {
            if (dim(i) != ANY && dim(i) != other.dim(i)) {
                return false;
            }
        }
        return true;
    }

    /** This shape with its outermost size replaced. */
    public Shape withLeading(long size) {
        var changed = new ArrayList<>(dims);
        changed.set(0, size);
        return new Shape(changed);
    }

    /** The sizes in brackets, such as {@code [-1,1,64,64]}. */
    @Override
    public String toString() {
        return text(dims);
    }

    private static String text(List<Long> dims) {
        return dims.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }
}
