using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Postern.Tests.Benchmarks.Servers;

/// <summary>
/// How far apart, in time, answers about accounts that exist, that do not, and that are shut lie: a wrong password, a lost one and an enrolment, by turns, each from a new browser at a new address.
/// Whoever can tell them apart learns who has an account.
/// </summary>
static class MeasureAnswers
{
    const int Samples = 200;
    const int Warmups = 20;
    const int People = 20;
    const string Token = "a token for the measurement of answers";
    const string Password = "correct horse battery staple";
    const double MostGap = 2;

    static readonly string[] groups = ["here", "gone", "shut"];

    public static async Task<IReadOnlyList<string>> RunAsync(string program)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("postern-answers-");
        try
        {
            // Quick hashes, so that they do not hide the rest.
            var environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["POSTERN_BOOTSTRAP_TOKEN"] = Token,
                ["POSTERN_PASSWORD_ITERATIONS"] = "20000",
                ["POSTERN_EMAIL__HOST"] = "127.0.0.1",
                ["POSTERN_EMAIL__PORT"] = "9",
            };
            await using var server = await PublishedServer.StartAsync(program, folder.FullName, MeasureServer.FreePort(), environment: environment);
            await AddPeopleAsync(server.Address);
            await ImportAsync(server.Address, "example/flows-enrollment-email-verification.yaml");
            var signIn = await SampleAsync(server.Address, "default-authentication-flow", static (name, _) => [new() { ["uid_field"] = name }, new() { ["password"] = "wrong" }]);
            var recovery = await SampleAsync(server.Address, "default-recovery-flow", static (name, _) => [new() { ["uid_field"] = name }]);
            var enrolment = await SampleAsync(server.Address, "default-enrollment-flow", static (name, sample) =>
            [
                new() { ["username"] = $"new-{name}-{sample}", ["password"] = Password, ["password_repeat"] = Password },
                // Whoever enrols takes the address: one that nobody has is another each time.
                new() { ["name"] = "x", ["email"] = name.StartsWith("gone", StringComparison.Ordinal) ? $"{name}-{sample}@example.org" : $"{name}@example.org" },
            ]);
            return
            [
                "| What | Existing | Other | Gap of medians | Limit | p |", "| --- | ---: | ---: | ---: | ---: | ---: |",
                Row("Wrong password, no such account", signIn["here"], signIn["gone"]), Row("Wrong password, account shut", signIn["here"], signIn["shut"]),
                Row("Recovery, no such account", recovery["here"], recovery["gone"]), Row("Recovery, account shut", recovery["here"], recovery["shut"]),
                Row("Enrolment, address of nobody", enrolment["here"], enrolment["gone"]), Row("Enrolment, address of an account that is shut", enrolment["here"], enrolment["shut"]),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static async Task AddPeopleAsync(Uri address)
    {
        using var admin = Admin(address);
        foreach (var group in new[] { "here", "shut" })
        {
            for (var i = 0; i < People; i++)
            {
                using var made = await admin.PostAsJsonAsync("/api/v3/core/users/", new { username = $"{group}-{i}", name = "", email = $"{group}-{i}@example.org", is_active = group is "here" });
                var pk = (await made.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>())!["pk"];
                using var set = await admin.PostAsJsonAsync($"/api/v3/core/users/{pk}/set_password/", new { password = Password });
                set.EnsureSuccessStatusCode();
            }
        }
    }

    static async Task ImportAsync(Uri address, string path)
    {
        using var admin = Admin(address);
        using var form = new MultipartFormDataContent { { new StringContent(path), "path" } };
        using var answer = await admin.PostAsync("/api/v3/managed/blueprints/import/", form);
        var text = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        if (!text.Contains("\"success\":true", StringComparison.Ordinal))
            throw new InvalidOperationException($"{path}: {text}");
    }

    static HttpClient Admin(Uri address) => new() { BaseAddress = address, DefaultRequestHeaders = { Authorization = new("Bearer", Token) } };

    /// <summary>Milliseconds of the last answer, by group; <paramref name="answers"/> are given the name and the number of the sample.</summary>
    static async Task<Dictionary<string, List<double>>> SampleAsync(Uri address, string flow, Func<string, int, JsonObject[]> answers)
    {
        var times = groups.ToDictionary(g => g, _ => new List<double>(Samples), StringComparer.Ordinal);
        // The first ones warm up and are not counted.
        for (var i = -Warmups; i < Samples; i++)
        {
            for (var turn = 0; turn < groups.Length; turn++)
            {
                var group = groups[(i + Warmups + turn) % groups.Length];
                var time = await OneAsync(address, flow, answers($"{group}-{Math.Abs(i) % People}", i + Warmups), i + Warmups);
                if (i >= 0)
                    times[group].Add(time);
            }
        }
        return times;
    }

    /// <summary>Milliseconds of the answer that could tell: the last one.</summary>
    static async Task<double> OneAsync(Uri address, string flow, JsonObject[] answers, int sample)
    {
        using var browser = new HttpClient { BaseAddress = address };
        browser.DefaultRequestHeaders.Add("X-Forwarded-For", string.Create(CultureInfo.InvariantCulture, $"198.18.{sample / 250}.{sample % 250 + 1}"));
        var url = $"/api/v3/flows/executor/{flow}/?query=";
        (await browser.GetAsync(url)).Dispose();
        var clock = new Stopwatch();
        foreach (var answer in answers)
        {
            clock.Restart();
            using var said = (await browser.PostAsJsonAsync(url, answer)).EnsureSuccessStatusCode();
        }
        return clock.Elapsed.TotalMilliseconds;
    }

    static string Row(string what, List<double> existing, List<double> other)
    {
        var (a, b) = (Median(existing), Median(other));
        return string.Create(CultureInfo.InvariantCulture, $"| {what} | {a:N1} ms | {b:N1} ms | {Math.Abs(a - b):N2} ms | {MostGap:N0} ms | {Alike(existing, other):N3} |");
    }

    static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>Mann and Whitney's test, two-sided, by its normal approximation: how likely two equal sources differ this much.</summary>
    static double Alike(List<double> a, List<double> b)
    {
        var wins = a.Sum(x => b.Sum(y => x < y ? 1.0 : x > y ? 0 : 0.5));
        var (mean, deviation) = (a.Count * b.Count / 2.0, Math.Sqrt(a.Count * (double)b.Count * (a.Count + b.Count + 1) / 12));
        return Complement(Math.Abs(wins - mean) / deviation / Math.Sqrt(2));
    }

    /// <summary>The complementary error function (Abramowitz and Stegun 7.1.26, error below 1.5e-7).</summary>
    static double Complement(double x)
    {
        var t = 1 / (1 + 0.3275911 * x);
        return t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * Math.Exp(-x * x);
    }
}
