using Postern.Pages;

namespace Postern.Tests.Unit.Web;

[Trait("Fault", "F11")]
public sealed class LocalPathTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/if/admin/users?page=2")]
    public void Keeps_paths_of_this_server(string path) => LocalPath.OrHome(path).ShouldBe(path);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("users")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("/a\\b")]
    [InlineData("/a\r\nSet-Cookie: x")]
    [InlineData("https://evil.example/")]
    [InlineData("javascript:alert(1)")]
    public void Anything_else_goes_home(string? path) => LocalPath.OrHome(path).ShouldBe("/");
}
