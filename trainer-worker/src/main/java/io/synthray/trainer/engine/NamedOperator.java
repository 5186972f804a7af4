package io.synthray.trainer.engine;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorType;
import org.bytedeco.pytorch.Type;

/** An operator of libtorch that its Java bindings have no method for, called by its name. It returns nothing and changes its arguments. */
final class NamedOperator {
    private final OperatorHandle handle;

    /**
     * Finds an operator; it lives as long as the innermost scope of this thread.
     *
     * @param name with its namespace, such as {@code aten::_fused_adamw_}
     */
    NamedOperator(String name) {
        handle = Dispatcher.singleton().findSchemaOrThrow(name, "");
    }

    /** Calls it with all the arguments of its schema, in order, those with a default included. */
    void call(IValue... arguments) {
        try (PointerScope call = new PointerScope()) {
            handle.callBoxed(new IValueVector(arguments));
        }
    }

    /** An argument of type {@code Tensor[]}. */
    static IValue list(Tensor... tensors) {
        GenericList list = new GenericList(new Type.TypePtr(TensorType.get()));
        for (Tensor tensor : tensors) {
            list.push_back(new IValue(tensor));
        }
        return new IValue(list);
    }
}
