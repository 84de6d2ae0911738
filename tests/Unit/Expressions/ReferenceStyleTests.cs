using Postern.Expressions;

namespace Postern.Tests.Unit.Expressions;

/// <summary>Expressions in every style the reference's blueprints and guides use: input, context, expected value.</summary>
public sealed class ReferenceStyleTests
{
    private sealed class Group(string name) : HostObject
    {
        private static readonly HostMembers<Group> Members = new HostMembers<Group>().Property("name", g => g.Name);

        public string Name { get; } = name;

        public override string TypeName => "Group";

        protected internal override bool TryGetAttribute(string name, out object? value) => Members.TryGet(this, name, out value);
    }

    private static object? Note(HostCall call, string level)
    {
        call.Log(level, call.RequireText(0, "text"));
        return null;
    }

    private static ScriptScope Scope()
    {
        var groups = new HostRecord("RelatedManager", new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["all"] = new HostFunction("all", _ => new ScriptList([new Group("admins"), new Group("users")])),
            ["values_list"] = new HostFunction("values_list", call => call.Get(-1, "flat") is true ? new ScriptList(["admins", "users"]) : null),
        });
        var user = new HostRecord("User", new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["username"] = "jane",
            ["name"] = "Jane van Doe",
            ["email"] = "jane@example.org",
            ["pk"] = 7,
            ["is_superuser"] = false,
            ["is_authenticated"] = true,
            ["ak_groups"] = groups,
            ["groups"] = groups,
            ["avatar"] = "https://x/a.png",
            ["attributes"] = new ScriptDict { ["upn"] = "jane@corp", ["settings"] = new ScriptDict { ["locale"] = "de" } },
            ["group_attributes"] = new HostFunction("group_attributes", _ => new ScriptDict { ["goauthentik.io/user/can-change-email"] = false }),
            ["locale"] = new HostFunction("locale", _ => ""),
            ["has_usable_password"] = new HostFunction("has_usable_password", _ => false),
        });
        var plan = new HostRecord("FlowPlan", new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["context"] = new ScriptDict { ["pending_user"] = user },
            ["redirect"] = new HostFunction("redirect", call => Note(call, "redirect")),
        });
        var context = new ScriptDict
        {
            ["flow_plan"] = plan,
            ["auth_method"] = "token",
            ["is_restored"] = false,
            ["geoip"] = new ScriptDict { ["country"] = "DE" },
            ["prompt_data"] = new ScriptDict { ["email"] = "new@example.org", ["username"] = "jane" },
            ["invitation"] = new HostRecord("Invitation", [KeyValuePair.Create<string, object?>("fixed_data", new ScriptDict { ["email"] = "i@example.org" })]),
        };
        var http = new HostRecord("HttpRequest", new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["user"] = user,
            ["build_absolute_uri"] = new HostFunction("build_absolute_uri", call => "https://id.example.org" + call[0]),
        });
        var request = new HostRecord("PolicyRequest", new Dictionary<string, object?>(StringComparer.Ordinal) { ["user"] = user, ["context"] = context, ["http_request"] = http });
        return new ScriptScope().Set("request", request).Set("context", context).Set("user", user).Set("http_request", http).Set("ak_is_sso_flow", false)
            .Set("ldap", new ScriptDict { ["cn"] = new ScriptList(["x", "y"]), ["mail"] = "m@x" }).Set("dn", "cn=jane,ou=people,ou=staff,dc=example").Set("principal", "jane@REALM.ORG")
            .Set("SkipObject", ScriptType.NewException("SkipObject")).Set("ak_client_ip", System.Net.IPAddress.Parse("10.1.2.3"))
            .Function("ak_message", call => Note(call, "message"))
            .Function("list_flatten", call => call[0] is ScriptList list ? (list.Count > 0 ? list[0] : null) : call[0])
            .Function("regex_match", call => call.Invoke(new HostFunction("search", _ => true)))
            .AsyncFunction("ak_user_by", async call =>
            {
                await Task.Yield();
                return string.Equals(call.Get(-1, "username") as string, "jane", StringComparison.Ordinal) ? user : null;
            })
            .Module(new HostModule("authentik.core.models").Set("USER_ATTRIBUTE_CHANGE_EMAIL", "goauthentik.io/user/can-change-email"))
            .Module(new HostModule("django.utils.translation").Function("gettext", call => call[0]));
    }

    [Theory]
    [InlineData("return ak_is_sso_flow", "False")]
    [InlineData("return bool(request.context.get('is_restored', True))", "False")]
    [InlineData("return context.get('auth_method') != 'app_password'", "True")]
    [InlineData("return 'username' not in context.get('prompt_data', {})", "False")]
    [InlineData("plan = request.context.get('flow_plan')\nif not plan:\n    return True\nreturn not hasattr(plan.context.get('pending_user'), 'backend')", "True")]
    [InlineData("try:\n    return user.username\nexcept:\n    return ''", "'jane'")]
    [InlineData("try:\n    return nobody.username\nexcept:\n    return ''", "''")]
    [InlineData("return user.attributes.get('settings', {}).get('locale', '')", "'de'")]
    [InlineData("found = ak_user_by(username='jane')\ncontext['flow_plan'].context['pending_user'] = found\nreturn context['flow_plan'].context['pending_user'].pk", "7")]
    [InlineData("found = ak_user_by(username='nobody')\nreturn found is None or not found.has_usable_password()", "True")]
    [InlineData("return request.http_request.build_absolute_uri('/').rstrip('/')", "'https://id.example.org'")]
    [InlineData("url = ((request.context.get('prompt_data') or {}).get('base_url') or '').strip()\nif not url:\n    return True\nreturn False", "True")]
    [InlineData("from authentik.core.models import (\n    USER_ATTRIBUTE_CHANGE_EMAIL,\n)\nif not request.user.group_attributes(request.http_request).get(USER_ATTRIBUTE_CHANGE_EMAIL, True):\n    if request.context['prompt_data'].get('email') != request.user.email:\n        ak_message('no')\n        return False\nreturn True", "False")]
    [InlineData("return str(getattr(http_request.user, 'pk', '')), str(getattr(None, 'pk', ''))", "('7', '')")]
    [InlineData("from django.utils.translation import gettext as _\nreturn _('Lock {name}').format(name=user.name)", "'Lock Jane van Doe'")]
    [InlineData("return (\n    f\"<p>{user.name}</p>\"\n    '<a href=\"x\" '\n    'target=\"_blank\">y</a>'\n)", "'<p>Jane van Doe</p><a href=\"x\" target=\"_blank\">y</a>'")]
    [InlineData("return {'name': list_flatten(ldap.get('cn')), 'mail': list_flatten(ldap.get('mail')), 'no': list_flatten(ldap.get('no'))}", "{'name': 'x', 'mail': 'm@x', 'no': None}")]
    [InlineData("return [group.name for group in request.user.ak_groups.all()]", "['admins', 'users']")]
    [InlineData("for group in request.user.groups.all():\n    yield group.name", "['admins', 'users']")]
    [InlineData("prefix = 'AD'\nreturn [g[len(prefix):].strip() for g in list(user.groups.values_list('name', flat=True)) if g and g.casefold().startswith(prefix.casefold())]", "['mins']")]
    [InlineData("return next((n for n in user.groups.values_list('name', flat=True) if n.startswith('u')), None)", "'users'")]
    [InlineData("given, family = request.user.name, ''\nif ' ' in request.user.name:\n    given, _, family = request.user.name.partition(' ')\nlocale = request.user.locale()\nif locale == '':\n    locale = None\nphotos = []\nif '://' in request.user.avatar:\n    photos = [{'value': request.user.avatar, 'type': 'photo'}]\nreturn given, family, locale, photos", "('Jane', 'van Doe', None, [{'value': 'https://x/a.png', 'type': 'photo'}])")]
    [InlineData("return request.user.name.split(' ')[0], request.user.name.rsplit(' ', 1)[-1], request.user.name.split(' ')[-1]", "('Jane', 'Doe', 'Doe')")]
    [InlineData("elements = []\nfor pair in dn.split(','):\n    attr, _, value = pair.partition('=')\n    if attr.lower() in ['cn', 'dc']:\n        continue\n    elements.append(value)\nelements.reverse()\npath = 'users'\nif len(elements) > 0:\n    path = f\"{path}/{'/'.join(elements)}\"\nreturn {'path': path}", "{'path': 'users/staff/people'}")]
    [InlineData("local, realm = principal.rsplit('@', 1)\nif '/' in local:\n    raise SkipObject\nif realm.upper() == 'REALM.ORG':\n    return {'username': local.lower()}", "{'username': 'jane'}")]
    [InlineData("if not principal.startswith('host/'):\n    raise SkipObject", "SkipObject: ")]
    [InlineData("invitation = context.get('invitation')\nreturn invitation.fixed_data.get('email', '').endswith('@example.org')", "True")]
    [InlineData("context['flow_plan'].redirect(f\"https://x/?u={user.username}\")\nreturn False", "False")]
    [InlineData("return context['geoip']['country'] in {'DE', 'FR'}", "True")]
    [InlineData("from ipaddress import ip_network\nreturn ak_client_ip in ip_network('10.0.0.0/8'), ak_client_ip.is_private, str(ak_client_ip)", "(True, True, '10.1.2.3')")]
    [InlineData("return request.context['prompt_data'].pop('email', None), 'email' in request.context['prompt_data']", "('new@example.org', False)")]
    [InlineData("allowed = ['example.org', 'example.net']\ndomain = request.user.email.split('@')[1] if hasattr(request.user, 'email') else ''\nreturn domain in allowed", "True")]
    [InlineData("import json\nfrom datetime import datetime\nreturn json.loads('{\"a\": 1}').get('a'), datetime(2024, 1, 1).isoformat()", "(1, '2024-01-01T00:00:00')")]
    [InlineData("return any(g['id'] == '5' for g in [{'id': '4'}, {'id': '5'}]), isinstance({}, dict)", "(True, True)")]
    [InlineData("request.user.attributes['reset'] = True\nreturn request.user.attributes['reset']", "True")]
    public async Task Gives(string source, string expected)
    {
        Script.Compile(source).Succeeded.ShouldBeTrue();
        var outcome = await Snippets.Compile(source).RunAsync(Scope(), Snippets.Patient, TestContext.Current.CancellationToken);
        outcome.Error?.Fault.ShouldBeNull();
        (outcome.Succeeded ? ScriptValue.Represent(outcome.Value) : $"{outcome.Error!.TypeName}: {outcome.Error.Message}").ShouldBe(expected);
    }

    [Fact]
    public void Expressions_of_a_folder_of_blueprints_compile()
    {
        var folder = Environment.GetEnvironmentVariable("POSTERN_BLUEPRINTS");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "POSTERN_BLUEPRINTS names no folder of blueprint files");
        var found = 0;
        foreach (var file in System.IO.Directory.GetFiles(folder!, "*.yaml", SearchOption.AllDirectories))
        {
            foreach (var source in Expressions(File.ReadAllLines(file)))
            {
                found++;
                Script.Compile(source).ErrorMessage.ShouldBeNull($"{file}\n{source}");
            }
        }

        found.ShouldBeGreaterThan(0);
    }

    // Block scalars are enough here: every blueprint writes its expressions as `expression: |`.
    private static IEnumerable<string> Expressions(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].TrimEnd().EndsWith("expression: |", StringComparison.Ordinal))
                continue;
            var body = new List<string>();
            var margin = lines[i + 1].Length - lines[i + 1].TrimStart().Length;
            for (var j = i + 1; j < lines.Length && (lines[j].Trim().Length == 0 || lines[j].Length - lines[j].TrimStart().Length >= margin); j++)
                body.Add(lines[j].Length >= margin ? lines[j][margin..] : "");
            yield return string.Join('\n', body);
        }
    }
}
