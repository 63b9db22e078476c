package dev.keyturn.worker.connectors;

import dev.keyturn.sdk.Connector;

/** Parent of every connector's class loader: shows it the JDK and the SDK, and nothing else. */
final class SdkOnly extends ClassLoader {

    private static final String SDK = "dev.keyturn.sdk.";

    private final ClassLoader own = Connector.class.getClassLoader();

    SdkOnly() {
        super("keyturn-sdk", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return name.startsWith(SDK) ? own.loadClass(name) : super.loadClass(name, resolve);
    }
}
