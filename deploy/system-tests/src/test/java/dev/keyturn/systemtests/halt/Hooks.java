package dev.keyturn.systemtests.halt;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.reflect.AccessFlag;
import java.security.ProtectionDomain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the methods of {@link Seam#HOOKS} call {@link Halting} with their arguments. */
final class Hooks implements ClassFileTransformer {

    private static final ClassDesc HALTING = ClassDesc.of(Halting.class.getName());
    private static final MethodTypeDesc CALL =
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object.arrayType());

    private volatile @Nullable Throwable failure;

    static boolean has(String className) {
        return Seam.HOOKS.stream().anyMatch(h -> h.className().equals(className));
    }

    /** A JVM swallows what a transformer throws. */
    void requireNoFailure() {
        Throwable why = failure;
        if (why != null) {
            throw new IllegalStateException("the hooks could not be set", why);
        }
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            String name,
            @Nullable Class<?> old,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        String className = name.replace('/', '.');
        if (!has(className)) {
            return null;
        }
        try {
            return hooked(className, loader, bytes);
        } catch (RuntimeException | Error e) {
            failure = e;
            return null;
        }
    }

    private static byte[] hooked(String className, @Nullable ClassLoader loader, byte[] bytes) {
        ClassLoader classes = loader == null ? ClassLoader.getSystemClassLoader() : loader;
        ClassFile files =
                ClassFile.of(
                        ClassFile.ClassHierarchyResolverOption.of(
                                ClassHierarchyResolver.ofResourceParsing(classes)
                                        .orElse(ClassHierarchyResolver.defaultResolver())));
        ClassModel model = files.parse(bytes);
        ClassTransform whole = ClassTransform.ACCEPT_ALL;
        for (Seam.Hook hook : Seam.HOOKS) {
            if (hook.className().equals(className)) {
                requireMethod(model, hook);
                whole = whole.andThen(hooking(hook));
            }
        }
        return files.transformClass(model, whole);
    }

    // Else a test would wait for a point to which nobody comes.
    private static void requireMethod(ClassModel model, Seam.Hook hook) {
        if (model.methods().stream().noneMatch(method -> isMeant(method, hook))) {
            throw new IllegalStateException(
                    hook.className() + ": must have a method " + hook.method());
        }
    }

    private static ClassTransform hooking(Seam.Hook hook) {
        return (builder, element) -> {
            if (element instanceof MethodModel method && isMeant(method, hook)) {
                builder.transformMethod(
                        method,
                        (b, e) -> {
                            if (e instanceof CodeModel code) {
                                b.transformCode(code, call(method, hook));
                            } else {
                                b.with(e);
                            }
                        });
            } else {
                builder.with(element);
            }
        };
    }

    private static boolean isMeant(MethodModel method, Seam.Hook hook) {
        return method.methodName().equalsString(hook.method())
                && method.code().isPresent()
                && !method.flags().has(AccessFlag.BRIDGE);
    }

    private static CodeTransform call(MethodModel method, Seam.Hook hook) {
        return new CodeTransform() {
            @Override
            public void atStart(CodeBuilder code) {
                if (!hook.isExit()) {
                    call(code, method, hook);
                }
            }

            @Override
            public void accept(CodeBuilder code, CodeElement element) {
                if (hook.isExit() && element instanceof ReturnInstruction) {
                    call(code, method, hook);
                }
                code.with(element);
            }
        };
    }

    /** All arguments are objects. */
    private static void call(CodeBuilder code, MethodModel method, Seam.Hook hook) {
        List<ClassDesc> parameters = method.methodTypeSymbol().parameterList();
        code.loadConstant(parameters.size()).anewarray(ConstantDescs.CD_Object);
        for (int i = 0; i < parameters.size(); i++) {
            code.dup().loadConstant(i);
            code.loadLocal(TypeKind.REFERENCE, code.parameterSlot(i));
            code.aastore();
        }
        code.invokestatic(HALTING, hook.call(), CALL);
    }
}
