using System.Text;
using System.Text.Json.Nodes;
using Postern.Directory.Users;

namespace Postern.Tests.Unit.Directory;

/// <summary>Which picture of a user the modes of the system setting lead to.</summary>
public sealed class AvatarTests
{
    static readonly User Ann = new()
    {
        Username = "ann/1",
        Name = "Ann Archer",
        Email = " Ann@Example.org ",
        Attributes = JsonNode.Parse("""{"photo": {"url": "https://pictures.example.org/ann.png", "bad": "javascript:alert(1)", "other": "//elsewhere"}, "upn": "ann@corp"}""")!.AsObject(),
    };

    [Theory]
    [InlineData("initials")]
    [InlineData("gravatar,initials")]
    [InlineData("attributes.photo.missing, initials")]
    [InlineData("attributes.photo.bad,attributes.photo.other,unknown,initials")]
    public void Initials_where_nothing_before_has_a_picture(string modes) => Svg(Avatar.Of(Ann, modes)).ShouldContain(">AA<");

    [Theory]
    [InlineData("none")]
    [InlineData("")]
    [InlineData("attributes.photo.missing")]
    public void A_silhouette_where_there_is_none(string modes) => Svg(Avatar.Of(Ann, modes)).ShouldNotContain("<text");

    [Theory]
    [InlineData("attributes.photo.url,initials", "https://pictures.example.org/ann.png")]
    [InlineData("https://p.example.org/%(username)s/%(upn)s?h=%(mail_hash)s", "https://p.example.org/ann%2F1/ann%40corp?h=8b5a6a28fc840441be692d74a81ccd1a")]
    [InlineData("gravatar", "https://www.gravatar.com/avatar/438c4c7afe600cdf1e455c369bec76dc970fc8ca463447c7b387a347f3c79331?size=158&rating=g&default=404")]
    public void Addresses(string modes, string expected) => Avatar.Of(Ann, modes).ShouldStartWith(expected);

    [Theory]
    [InlineData("Ann Archer", "u", "AA")]
    [InlineData("Ann von der Au", "u", "AA")]
    [InlineData("annika", "u", "AN")]
    [InlineData("", "rob", "RO")]
    public void Initials_are_of_the_first_and_last_word_or_of_the_only_one(string name, string username, string letters) =>
        Svg(Avatar.Of(new User { Name = name, Username = username }, "initials")).ShouldContain($">{letters}<");

    static string Svg(string picture) => Encoding.UTF8.GetString(Convert.FromBase64String(picture["data:image/svg+xml;base64,".Length..]));
}
