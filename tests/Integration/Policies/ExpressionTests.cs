using Postern.Policies.Engine;
using Postern.Policies.Expressions;

namespace Postern.Tests.Integration.Policies;

public sealed class ExpressionTests(PolicyServer fixture) : IClassFixture<PolicyServer>
{
    // Each expression returns True or fails; the user is ada.
    [Theory]
    [InlineData("return request.user.username == 'ada' and request.user.name == 'Ada'")]
    [InlineData("return request.user.pk > 0 and request.user.id == request.user.pk and str(request.user) == 'ada'")]
    [InlineData("return request.user.is_authenticated and not request.user.is_anonymous and request.user.is_active")]
    [InlineData("return not request.user.is_superuser")]
    [InlineData("return ak_user_by(username='root').is_superuser")]
    [InlineData("return request.user.type == 'internal' and request.user.path == 'users'")]
    [InlineData("return request.user.attributes['desk']['floor'] == 3 and request.user.attributes.get('none', 5) == 5")]
    [InlineData("return request.user.attributes['tags'][-1] == 'y' and len(request.user.attributes['tags']) == 2")]
    [InlineData("return not hasattr(request.user, 'password') and not hasattr(request.user, 'backend')")]
    [InlineData("return request.user.has_usable_password() == False")]
    [InlineData("return [g.name for g in request.user.groups.all()] == ['staff']")]
    [InlineData("return [g.name for g in request.user.ak_groups.all()] == ['staff']")]
    [InlineData("return sorted(g.name for g in request.user.all_groups()) == ['everyone', 'staff']")]
    [InlineData("return request.user.groups.filter(name='staff').exists() and not request.user.groups.filter(name='everyone').exists()")]
    [InlineData("return list(request.user.groups.values_list('name', flat=True)) == ['staff']")]
    [InlineData("return request.user.group_attributes() == {'level': 2, 'theme': {'a': 1, 'b': 2}, 'desk': {'floor': 3}, 'tags': ['x', 'y']}")]
    [InlineData("return ak_is_group_member(request.user, name='everyone') and not ak_is_group_member(request.user, name='admins')")]
    [InlineData("return ak_user_by(username='nobody') is None and ak_user_by(nofield=1) is None")]
    [InlineData("return ak_user_by(email__iexact='ADA@example.ORG') == request.user")]
    [InlineData("return ak_user_by(attributes__desk__floor=3) == request.user and ak_user_by(attributes__desk__floor=4) is None")]
    [InlineData("return not ak_user_has_authenticator(request.user)")]
    [InlineData("from authentik.core.models import User\nreturn not User.objects.filter(email__iexact='ada@example.org').exclude(pk=request.user.pk).exists()")]
    [InlineData("from authentik.core.models import User\nreturn User.objects.filter(username__in=['ada', 'root']).count() == 2")]
    [InlineData("from authentik.core.models import User\nreturn [u.username for u in User.objects.filter(username__in=('ada', 'root')).order_by('-username')] == ['root', 'ada']")]
    [InlineData("from authentik.core.models import User\nreturn User.objects.filter(groups__name='admins').first().username == 'root'")]
    [InlineData("from authentik.core.models import User\nreturn User.objects.filter(attributes__desk__isnull=False).count() == 1")]
    [InlineData("from authentik.core.models import User, Group\nreturn isinstance(request.user, User) and not isinstance(request.user, Group)")]
    [InlineData("from authentik.core.models import User\ntry:\n    User.objects.get(username='nobody')\nexcept User.DoesNotExist:\n    return True")]
    [InlineData("from authentik.core.models import User\nfor u in User.objects.filter(username='ada'):\n    return u.email == 'Ada@Example.org'")]
    [InlineData("from authentik.core.models import Group\nreturn Group.objects.get(name='staff').users.filter(username='ada').exists()")]
    [InlineData("from authentik.core.models import Group\nreturn Group.objects.get(name='everyone').is_member(request.user) and Group.objects.get(name='staff').parent.name == 'everyone'")]
    [InlineData("from authentik.core.models import USER_ATTRIBUTE_CHANGE_EMAIL, UserTypes\nreturn USER_ATTRIBUTE_CHANGE_EMAIL == 'goauthentik.io/user/can-change-email' and UserTypes.SERVICE_ACCOUNT == 'service_account'")]
    [InlineData("from django.core.exceptions import ValidationError\nfrom django.core.validators import URLValidator\ntry:\n    URLValidator()('nonsense')\nexcept ValidationError:\n    URLValidator()('https://example.org')\n    return True")]
    [InlineData("from django.utils.html import escape\nreturn escape('<b>') == '&lt;b&gt;'")]
    [InlineData("return list_flatten([5, 6]) == 5 and list_flatten([]) is None and list_flatten('x') == 'x'")]
    [InlineData("return slugify('Hällo  Wörld_1!') == 'hallo-world_1'")]
    [InlineData("return context.get('missing', 7) == 7 and 'word' in context and context['word'] == 'yes'")]
    [InlineData("return request.context['nested']['list'][1] == 2 and not ak_is_sso_flow and request.debug is False and request.obj is None")]
    [InlineData("return request.http_request is None and resolve_dns('localhost', 4) == ['127.0.0.1'] and resolve_dns('') == []")]
    public async Task Holds(string source)
    {
        var result = await fixture.RunAsync(source, AdaWithContext());
        result.Error.ShouldBeNull();
        result.Value.ShouldBe(true);
    }

    [Theory]
    [InlineData("return request.user.password", "AttributeError")]
    [InlineData("request.user.pk = 1", "AttributeError")]
    [InlineData("return request.user.groups.filter(nofield=1).exists()", "FieldError")]
    [InlineData("from authentik.core.models import User\nreturn User.objects.filter(password__startswith='p').exists()", "FieldError")]
    [InlineData("from authentik.core.models import User\nUser.objects.create(username='x', name='x')", "PermissionError")]
    [InlineData("from authentik.core.models import User\nUser.objects.filter(username='ada').update(uuid='00000000-0000-0000-0000-000000000000')", "PermissionError")]
    [InlineData("from authentik.core.models import User\nUser.objects.get()", "MultipleObjectsReturned")]
    [InlineData("from os import environ", "ModuleNotFoundError")]
    [InlineData("return requests.get('http://169.254.169.254/latest/')", "HostNotAllowed")]
    [InlineData("return ak_call_policy('nothing')", "ValueError")]
    [InlineData("ak_send_email('a@example.org', 'Hello')", "ValueError")]
    [InlineData("ak_send_email('a@example.org', 'Hello', body='x', template='y')", "ValueError")]
    [InlineData("ak_send_email([], 'Hello', body='x')", "ValueError")]
    [InlineData("ak_send_email(5, 'Hello', body='x')", "ValueError")]
    public async Task Refuses(string source, string type)
    {
        var result = await fixture.RunAsync(source, AdaWithContext());
        result.Error.ShouldNotBeNull().TypeName.ShouldBe(type, result.Error.ToString());
        result.IsTrue.ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_written_to_the_context_is_seen_outside_and_keeps_its_type()
    {
        var request = AdaWithContext();
        var result = await fixture.RunAsync(
            """
            context["user"] = request.user
            context["made"] = {"a": [1, "b"], "n": None}
            context["nested"]["list"].append(3)
            context["nested"]["deep"]["x"] = True
            return context["user"].username
            """,
            request);
        result.Error.ShouldBeNull();
        request.Context["user"].ShouldBeSameAs(fixture.Ada);
        request.Context["made"].ShouldBeOfType<Dictionary<string, object?>>()["a"].ShouldBe(new List<object?> { 1L, "b" });
        var nested = (Dictionary<string, object?>)request.Context["nested"]!;
        ((List<object?>)nested["list"]!).Count.ShouldBe(3);
        ((Dictionary<string, object?>)nested["deep"]!)["x"].ShouldBe(true);
    }

    [Fact]
    public async Task Messages_and_log_lines_come_out_in_order()
    {
        var result = await fixture.RunAsync("ak_message('one')\nak_logger.warning('careful', count=2)\nprint('printed')\nak_message('two')\nreturn False");
        result.Messages.ShouldBe(["one", "two"]);
        result.Log.Select(l => (l.Level, l.Event)).ShouldContain(("warning", "careful"));
        result.Log.ShouldContain(l => l.Event.Contains("printed", StringComparison.Ordinal));
        result.IsTrue.ShouldBeFalse();
    }

    [Fact]
    public async Task A_request_is_seen_as_its_facts()
    {
        var request = new PolicyRequest
        {
            User = fixture.Ada,
            Http = new HttpFacts
            {
                Method = "POST",
                Path = "/if/flow/x/",
                Host = "id.example.org",
                IsSecure = true,
                Url = "https://id.example.org/if/flow/x/?next=%2F",
                Query = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["next"] = ["/a", "/b"] },
                Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["User-Agent"] = "curl" },
                ClientIp = System.Net.IPAddress.Parse("192.0.2.7"),
            },
        };
        var result = await fixture.RunAsync(
            """
            r = request.http_request
            return [r.method, r.path, r.GET["next"], r.GET.getlist("next"), r.headers["user-agent"], r.META["REMOTE_ADDR"], r.is_secure(),
                    r.get_host(), r.build_absolute_uri("/"), http_request.path == r.path, r.user.is_authenticated]
            """,
            request);
        result.Error.ShouldBeNull();
        ((List<object?>)result.Value!).ShouldBe(
            ["POST", "/if/flow/x/", "/b", new List<object?> { "/a", "/b" }, "curl", "192.0.2.7", true, "id.example.org", "https://id.example.org/", true, false]);
    }

    [Fact]
    public async Task Nobody_has_an_object_too()
    {
        var result = await fixture.RunAsync(
            "u = request.user\nreturn [u.is_authenticated, u.is_anonymous, u.pk, u.username, u.groups.filter(name='x').exists(), list(u.all_groups()), u.group_attributes()]",
            new PolicyRequest());
        result.Error.ShouldBeNull();
        ((List<object?>)result.Value!).Take(5).ShouldBe([false, true, null, "", false]);
    }

    [Fact]
    public async Task An_event_is_recorded_with_its_arguments()
    {
        (await fixture.RunAsync("ak_create_event('my_action', reason='because', secret_key='hush')\nreturn True")).Error.ShouldBeNull();
        (await fixture.Server.Database.ScalarAsync<string>("SELECT context->>'reason' FROM event WHERE action = 'custom_my_action'")).ShouldBe("because");
        (await fixture.Server.Database.ScalarAsync<string>("SELECT context->>'secret_key' FROM event WHERE action = 'custom_my_action'")).ShouldBe(Postern.Events.Recording.Cleanse.Stars);
    }

    [Fact]
    public async Task Groups_can_be_found_or_made_and_users_saved_by_the_rules_of_their_kinds()
    {
        var result = await fixture.RunAsync(
            """
            from authentik.core.models import Group, User
            made, new = Group.objects.get_or_create(name="contractors", defaults={"attributes": {"x": 1}})
            again, second = Group.objects.get_or_create(name="contractors")
            root = User.objects.get(username="root")
            root.attributes["seen"] = True
            root.name = "Superuser"
            root.save()
            return [new, second, made == again, again.attributes["x"], User.objects.get(attributes__seen=True).name]
            """);
        result.Error.ShouldBeNull();
        ((List<object?>)result.Value!).ShouldBe([true, false, true, 1L, "Superuser"]);
        (await fixture.Server.Database.ScalarAsync<long>("SELECT count(*) FROM event WHERE action = 'model_updated' AND context->'model'->>'name' = 'root'")).ShouldBe(1);
    }

    [Fact]
    public async Task Mappings_and_prompts_see_the_user_and_their_variables()
    {
        var result = await fixture.Server.InScopeAsync(async services =>
            await ((ExpressionRunner)services.GetService(typeof(ExpressionRunner))!).RunAsync(
                "return f\"{user.username} {prompt_context['x']} {a_b}\"",
                new ExpressionInput
                {
                    Name = "prompt",
                    Use = ExpressionUse.Prompt,
                    Request = new PolicyRequest { User = fixture.Ada },
                    Variables = new Dictionary<string, object?>(StringComparer.Ordinal)
                    {
                        ["prompt_context"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["x"] = 4 },
                        ["a:b"] = "z",
                    },
                },
                TestContext.Current.CancellationToken));
        result.Error.ShouldBeNull();
        result.Value.ShouldBe("ada 4 z");
    }

    [Fact]
    public async Task Skipping_is_told_apart_from_failing()
    {
        (await fixture.RunAsync("raise SkipObject", use: ExpressionUse.Mapping)).Error.ShouldNotBeNull().Skips.ShouldBeTrue();
        (await fixture.RunAsync("raise ValueError('x')", use: ExpressionUse.Mapping)).Error.ShouldNotBeNull().Skips.ShouldBeFalse();
    }

    PolicyRequest AdaWithContext() => new()
    {
        User = fixture.Ada,
        Context = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["word"] = "yes",
            ["nested"] = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["list"] = new List<object?> { 1, 2 },
                ["deep"] = new Dictionary<string, object?>(StringComparer.Ordinal),
            },
        },
    };
}
