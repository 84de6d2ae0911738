using Postern.Expressions;

namespace Postern.Tests.Benchmarks.Expressions;

/// <summary>The ten kinds of policy and mapping expression that occur most, with the scope they run in.</summary>
public static class PolicySnippets
{
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["constant"] = "return True",
        ["context-compare"] = "return context.get('auth_method') != 'app_password'",
        ["membership"] = "return 'username' not in context.get('prompt_data', {})",
        ["mail-domain"] = "domain = request.user.email.split('@')[1]\nreturn domain in ['example.com', 'example.org']",
        ["try-attribute"] = "try:\n    return user.username\nexcept:\n    return ''",
        ["claims"] = """
            return {
                "name": request.user.name,
                "given_name": request.user.name,
                "preferred_username": request.user.username,
                "nickname": request.user.username,
                "groups": [group.name for group in request.user.groups.all()],
            }
            """,
        ["name-parts"] = """
            given, family = request.user.name, ""
            if " " in request.user.name:
                given, _, family = request.user.name.partition(" ")
            return {"givenName": given, "familyName": family, "formatted": f"{given} {family}"}
            """,
        ["plan-guard"] = """
            flow_plan = request.context.get("flow_plan")
            if not flow_plan:
                return True
            return not hasattr(flow_plan.context.get("pending_user"), "backend")
            """,
        ["dn-path"] = """
            path_elements = []
            for pair in dn.split(","):
                attr, _, value = pair.partition("=")
                if attr.lower() in ["cn", "dc"]:
                    continue
                path_elements.append(value)
            path_elements.reverse()
            path = "users"
            if len(path_elements) > 0:
                path = f"{path}/{'/'.join(path_elements)}"
            return {"path": path}
            """,
        ["group-roles"] = """
            roles = []
            if any(g.name == "admins" for g in request.user.groups.all()):
                roles.append("admin")
            elif request.user.is_active and len(request.user.attributes.get("tags", [])) > 0:
                roles.append("user")
            return {"roles": roles}
            """,
    };

    /// <summary>Twenty lines, for compiling.</summary>
    public static readonly string TwentyLines = string.Join('\n', All["dn-path"], All["name-parts"], All["plan-guard"], "x = [1, 2, 3]");

    public static ScriptScope Scope()
    {
        HostRecord Group(string name) => new("Group", [KeyValuePair.Create<string, object?>("name", name)]);
        object?[] all = [Group("users"), Group("staff"), Group("admins")];
        var groups = new HostRecord("Manager", [KeyValuePair.Create<string, object?>("all", new HostFunction("all", _ => new ScriptList(all)))]);
        var user = new HostRecord(
            "User",
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["username"] = "jane",
                ["name"] = "Jane Doe",
                ["email"] = "jane@example.org",
                ["is_active"] = true,
                ["groups"] = groups,
                ["attributes"] = new ScriptDict { ["tags"] = new ScriptList(["a"]) },
            });
        var plan = new HostRecord("FlowPlan", [KeyValuePair.Create<string, object?>("context", new ScriptDict { ["pending_user"] = user })]);
        var context = new ScriptDict { ["auth_method"] = "password", ["prompt_data"] = new ScriptDict { ["username"] = "jane" }, ["flow_plan"] = plan };
        var request = new HostRecord("PolicyRequest", new Dictionary<string, object?>(StringComparer.Ordinal) { ["user"] = user, ["context"] = context });
        return new ScriptScope().Set("request", request).Set("context", context).Set("user", user).Set("dn", "cn=jane,ou=people,ou=staff,dc=example,dc=org");
    }
}
