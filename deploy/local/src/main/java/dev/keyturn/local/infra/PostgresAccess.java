package dev.keyturn.local.infra;

import dev.keyturn.wire.Principal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * How the clients of a database on loopback log in, wherever the database runs: each service has a
 * role that owns the schema of its name and may do nothing else.
 *
 * @param port where it is reached
 * @param secrets where the roles' passwords are
 */
public record PostgresAccess(int port, Secrets secrets) {

    /** The one database; each service has a schema in it. */
    public static final String DATABASE = "keyturn";

    /** The role that may do everything. */
    public static final String SUPERUSER = "postgres";

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    public String reactiveUrl() {
        return "postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    /** How a service logs in. */
    public DatabaseLogin login(Principal principal) {
        return new DatabaseLogin(jdbcUrl(), principal.user(), password(principal.user()));
    }

    /** How the one who may do everything logs in. */
    public DatabaseLogin superuser() {
        return new DatabaseLogin(jdbcUrl(), SUPERUSER, password(SUPERUSER));
    }

    /** The file with his password. */
    public Path superuserPassword() {
        password(SUPERUSER);
        return secrets.file("postgres-" + SUPERUSER);
    }

    /**
     * Sees to the database, its schemas and its roles.
     *
     * @param server a connection to the server's own database
     */
    public void prepare(Connection server) throws SQLException {
        createDatabase(server);
        try (Connection connection = connect(DATABASE)) {
            createRoles(connection);
        }
    }

    private String password(String role) {
        return secrets.get("postgres-" + role);
    }

    /** Connects as the one who may do everything. */
    public Connection connect(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", SUPERUSER);
        properties.setProperty("password", password(SUPERUSER));
        properties.setProperty("connectTimeout", "5");
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
    }

    private static void createDatabase(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet found =
                    statement.executeQuery(
                            "select 1 from pg_database where datname = '" + DATABASE + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("create database " + DATABASE);
            statement.execute("revoke all on database postgres, template1 from public");
        }
    }

    private void createRoles(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("revoke all on database " + DATABASE + " from public");
            statement.execute("revoke all on schema public from public");
            for (Principal principal : Principal.values()) {
                for (String sql : roleOf(principal).toList()) {
                    statement.execute(sql);
                }
            }
        }
        connection.commit();
    }

    /** Names and passwords are ours and need no quoting. */
    private Stream<String> roleOf(Principal principal) {
        String role = principal.user();
        return Stream.of(
                """
                do $$ begin
                  if not exists (select from pg_roles where rolname = '%s') then
                    create role %s login nosuperuser nocreatedb nocreaterole noinherit;
                  end if;
                end $$\
                """
                        .formatted(role, role),
                "alter role %s password '%s'".formatted(role, password(role)),
                "grant connect on database %s to %s".formatted(DATABASE, role),
                "create schema if not exists %s authorization %s".formatted(role, role),
                "alter role %s in database %s set search_path = %s"
                        .formatted(role, DATABASE, role));
    }
}
