using System.Net;
using System.Text.Json.Nodes;
using Postern.Brands;
using Postern.Directory.Users;
using Postern.Policies.Engine;
using Postern.Policies.Password;
using Postern.Storage.Snapshots;

namespace Postern.Tests.Unit.Policies.Password;

public sealed class PasswordPolicyTests
{
    // SHA-1 of "password" is 5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8.
    const string Leaks = "0018A45C4D1DEF81644B54AB7F969B88D65:3\r\n1E4C9B93F3F0682250B6CF8331B7EE68FD8:52256179\r\n1F2B668E8AABEF1C59E9EC6F82E3F3CD786:0\r\n";

    [Theory]
    [InlineData("", false)]
    [InlineData("short1A!", false)]
    [InlineData("longenough1A!", true)]
    [InlineData("longenoughAA!", false)]
    [InlineData("longenough11!", false)]
    [InlineData("LONGENOUGH1A!", false)]
    [InlineData("longenough1AA", false)]
    [InlineData("longenough 1A", true)]
    public async Task Static_rules(string password, bool passes)
    {
        var policy = new PasswordPolicy { LengthMin = 10, AmountDigits = 1, AmountUppercase = 1, AmountLowercase = 1, AmountSymbols = 1, ErrorMessage = "Not like that." };
        var verdict = await DecideAsync(policy, password);
        verdict.Passing.ShouldBe(passes);
        verdict.Messages.ShouldBe(passes ? [] : password.Length == 0 ? ["Password not set in context"] : ["Not like that."]);
    }

    [Fact]
    public async Task Without_a_message_of_its_own_the_refusal_still_says_something() =>
        (await DecideAsync(new PasswordPolicy { LengthMin = 10 }, "short")).Messages.ShouldBe(["Invalid password."]);

    [Theory]
    [InlineData("password", 0, false)]
    [InlineData("password", 52256179, true)]
    [InlineData("not in the answer", 0, true)]
    public async Task Leaked_passwords(string password, int allowed, bool passes)
    {
        var asked = new List<string>();
        var verdict = await DecideAsync(new PasswordPolicy { CheckHaveIBeenPwned = true, HibpAllowedCount = allowed }, password, request =>
        {
            asked.Add(request.RequestUri!.AbsolutePath);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Leaks) };
        });
        verdict.Passing.ShouldBe(passes);
        if (!passes)
            verdict.Messages.ShouldBe(["Password exists on 52256179 online lists."]);
        asked.ShouldHaveSingleItem().Length.ShouldBe("/range/5BAA6".Length);
    }

    [Fact]
    public async Task A_silent_list_of_leaks_is_no_verdict() =>
        (await DecideAsync(new PasswordPolicy { CheckHaveIBeenPwned = true }, "x", _ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)))
            .Failure.ShouldNotBeNull();

    [Fact]
    public async Task Weak_passwords_come_with_advice()
    {
        var verdict = await DecideAsync(new PasswordPolicy { CheckZxcvbn = true }, "Password1");
        verdict.Passing.ShouldBeFalse();
        verdict.Messages[0].ShouldBe("Password is too weak.");
        verdict.Messages.Count.ShouldBeGreaterThan(1);
        (await DecideAsync(new PasswordPolicy { CheckZxcvbn = true }, "correct horse battery staple")).Passing.ShouldBeTrue();
    }

    [Fact]
    public async Task The_users_own_name_is_weak_however_rare()
    {
        var policy = new PasswordPolicy { CheckZxcvbn = true, ZxcvbnScoreThreshold = 1 };
        (await DecideAsync(policy, "wolkenkratzerin")).Passing.ShouldBeTrue();
        (await DecideAsync(policy, "wolkenkratzerin", user: new User { Pk = 1, Username = "wolkenkratzerin" })).Passing.ShouldBeFalse();
    }

    [Fact]
    public async Task The_prompt_counts_before_the_context()
    {
        var policy = new PasswordPolicy { LengthMin = 4 };
        var request = new PolicyRequest
        {
            Context = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["password"] = "long enough",
                ["prompt_data"] = new JsonObject { ["password"] = "no" },
            },
        };
        (await Decide(_ => throw new InvalidOperationException()).EvaluateAsync(policy, request, TestContext.Current.CancellationToken)).Passing.ShouldBeFalse();
        request.Context["prompt_data"] = new Dictionary<string, object?>(StringComparer.Ordinal);
        (await Decide(_ => throw new InvalidOperationException()).EvaluateAsync(policy, request, TestContext.Current.CancellationToken)).Passing.ShouldBeTrue();
    }

    [Fact]
    public async Task The_name_of_the_place_is_easy_to_guess()
    {
        var policy = new PasswordPolicy { CheckStaticRules = false, CheckZxcvbn = true, ZxcvbnScoreThreshold = 2 };

        (await AtAsync("elsewhere.example.org")).ShouldBeTrue();
        (await AtAsync("id.example.org")).ShouldBeFalse();

        async Task<bool> AtAsync(string host)
        {
            var request = new PolicyRequest
            {
                Http = new HttpFacts { Host = host },
                Context = new Dictionary<string, object?>(StringComparer.Ordinal) { ["password"] = "quillfeather" },
            };
            return (await Decide(_ => throw new InvalidOperationException()).EvaluateAsync(policy, request, TestContext.Current.CancellationToken)).Passing;
        }
    }

    static async Task<PolicyVerdict> DecideAsync(PasswordPolicy policy, string password, Func<HttpRequestMessage, HttpResponseMessage>? answer = null, User? user = null) =>
        await Decide(answer ?? (_ => throw new InvalidOperationException("Nothing may be asked"))).EvaluateAsync(
            policy,
            new PolicyRequest { User = user, Context = new Dictionary<string, object?>(StringComparer.Ordinal) { ["password"] = password } },
            TestContext.Current.CancellationToken);

    static DecidePassword Decide(Func<HttpRequestMessage, HttpResponseMessage> answer) =>
        new(new LeakedPasswords(new HttpClient(new Answering(answer)) { BaseAddress = new Uri("https://leaks.example/") }), Brands(), TimeProvider.System);

    static Snapshot<BrandPicture> Brands() =>
        new SnapshotHub().Declare([], _ => Task.FromResult(new BrandPicture([new Brand { Domain = "id.example.org", BrandingTitle = "Quillfeather" }])));

    sealed class Answering(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer(request));
    }
}
