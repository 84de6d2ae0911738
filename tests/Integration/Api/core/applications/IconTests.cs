using System.Net;
using System.Net.Http.Headers;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Core.Applications;

public sealed class IconTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    readonly TestServer server = fixture.Server;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_picture_is_shown_to_everybody_and_as_nothing_but_a_picture()
    {
        using var admin = await server.SuperuserAsync();
        await admin.AddApplicationAsync("pictured");

        var set = await UploadAsync(admin, "pictured", Png);

        set.Status.ShouldBe(HttpStatusCode.OK, set.Text);
        var url = set.Json["meta_icon_url"]!.GetValue<string>();
        (await admin.GetApiAsync($"{Applications.Path}pictured/")).Json["meta_icon_url"]!.GetValue<string>().ShouldBe(url);
        using var anybody = server.Program();
        using var shown = await anybody.GetAsync(url, Cancellation);
        (await shown.Content.ReadAsByteArrayAsync(Cancellation)).ShouldBe(Png);
        shown.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        shown.Headers.GetValues("Content-Security-Policy").ShouldBe(["default-src 'none'; sandbox"]);
        shown.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    [Fact]
    public async Task A_picture_that_no_application_shows_any_more_is_forgotten()
    {
        using var admin = await server.SuperuserAsync();
        await admin.AddApplicationAsync("first-picture");
        await admin.AddApplicationAsync("second-picture");
        byte[] own = [.. Png, 1];
        var url = (await UploadAsync(admin, "first-picture", own)).Json["meta_icon_url"]!.GetValue<string>();
        await UploadAsync(admin, "second-picture", own);
        using var anybody = server.Program();

        await UploadAsync(admin, "first-picture", content: null);
        (await StatusAsync(anybody, url)).ShouldBe(HttpStatusCode.OK, "the second application shows it");
        await UploadAsync(admin, "second-picture", content: null);
        (await StatusAsync(anybody, url)).ShouldBe(HttpStatusCode.NotFound);
        (await admin.GetApiAsync($"{Applications.Path}second-picture/")).Member("meta_icon").ShouldBe("\"\"");
    }

    [Theory]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>")]
    [InlineData("<html><script>alert(1)</script></html>")]
    [InlineData("PNG")]
    [InlineData("RIFFxxxxWAVEfmt xxxx")]
    public async Task What_is_no_picture_is_refused(string content)
    {
        using var admin = await server.SuperuserAsync();
        var slug = $"no-picture-{Guid.NewGuid():N}"[..20];
        await admin.AddApplicationAsync(slug);

        var refused = await UploadAsync(admin, slug, System.Text.Encoding.UTF8.GetBytes(content));

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Member("file").ShouldBe("[\"Choose a PNG, JPEG, GIF or WebP picture.\"]");
        (await admin.GetApiAsync($"{Applications.Path}{slug}/")).Member("meta_icon").ShouldBe("\"\"");
    }

    [Fact]
    public async Task A_file_that_is_too_large_or_missing_is_refused()
    {
        using var admin = await server.SuperuserAsync();
        await admin.AddApplicationAsync("large-picture");

        (await UploadAsync(admin, "large-picture", [.. Png, .. new byte[256 * 1024]])).Member("file").ShouldBe("[\"A picture may hold at most 256 KiB.\"]");
        (await UploadAsync(admin, "large-picture", [])).Member("file").ShouldBe("[\"Choose a file.\"]");
        (await admin.PostApiAsync($"{Applications.Path}large-picture/set_icon/", "{}")).Member("file").ShouldBe("[\"A form is expected (multipart/form-data).\"]");
    }

    [Fact]
    public async Task Who_may_not_change_the_application_sets_no_picture()
    {
        using var admin = await server.SuperuserAsync();
        await admin.AddApplicationAsync("guarded-picture");
        using var nobody = server.Program(await server.AddTokenAsync(await server.AddUserAsync("picture-stranger")));

        (await UploadAsync(nobody, "guarded-picture", Png)).Status.ShouldBeOneOf(HttpStatusCode.Forbidden, HttpStatusCode.NotFound);
        using var anonymous = server.Program();
        (await UploadAsync(anonymous, "guarded-picture", Png)).Status.ShouldBeOneOf(HttpStatusCode.Forbidden, HttpStatusCode.NotFound);
        (await admin.GetApiAsync($"{Applications.Path}guarded-picture/")).Member("meta_icon").ShouldBe("\"\"");
    }

    static async Task<Answer> UploadAsync(HttpClient client, string slug, byte[]? content)
    {
        using var form = new MultipartFormDataContent();
        if (content is null)
            form.Add(new StringContent("true"), "clear");
        else
            form.Add(new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } }, "file", "picture.png");
        using var response = await client.PostAsync($"/api/v3/{Applications.Path}{slug}/set_icon/", form, Cancellation);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }

    static async Task<HttpStatusCode> StatusAsync(HttpClient client, string url)
    {
        using var response = await client.GetAsync(url, Cancellation);
        return response.StatusCode;
    }
}
