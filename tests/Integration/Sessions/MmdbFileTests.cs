using System.Net;
using System.Text.Json.Nodes;
using Postern.Directory.Places;
using Postern.Tests.Support.Places;

namespace Postern.Tests.Integration.Sessions;

/// <summary>The reader of databases of networks, against files of every shape the format has.</summary>
public sealed class MmdbFileTests : IDisposable
{
    readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Theory]
    [InlineData(24, 6)]
    [InlineData(28, 6)]
    [InlineData(32, 6)]
    [InlineData(24, 4)]
    [InlineData(28, 4)]
    [InlineData(32, 4)]
    public void Addresses_are_found_under_their_networks(int recordBits, int version)
    {
        var tree = TinyMmdb.Tree(
            ("203.0.113.0/25", new JsonObject { ["name"] = "a" }),
            ("203.0.113.128/25", new JsonObject { ["name"] = "b", ["list"] = new JsonArray(1, true, "x"), ["half"] = 0.5, ["long"] = new string('y', 400) }));
        using var file = Open(TinyMmdb.Write(tree, recordBits, version));

        var low = file.Find(IPAddress.Parse("203.0.113.5")).ShouldNotBeNull();
        (low.Value["name"]!.ToString(), low.Network.ToString()).ShouldBe(("a", "203.0.113.0/25"));
        var high = file.Find(IPAddress.Parse("::ffff:203.0.113.200")).ShouldNotBeNull();
        high.Network.ToString().ShouldBe("203.0.113.128/25");
        high.Value["list"]!.ToJsonString().ShouldBe("""[1,true,"x"]""");
        high.Value["half"]!.GetValue<double>().ShouldBe(0.5);
        high.Value["long"]!.ToString().Length.ShouldBe(400);
        file.Find(IPAddress.Parse("203.0.112.1")).ShouldBeNull();
        file.Find(IPAddress.Parse("2001:db8::1")).ShouldBeNull();
    }

    [Fact]
    public void Networks_of_the_new_kind_are_found_too()
    {
        using var file = Open(TinyMmdb.Write(TinyMmdb.Tree(("2001:db8::/32", new JsonObject { ["name"] = "six" }))));

        var found = file.Find(IPAddress.Parse("2001:db8:1::9")).ShouldNotBeNull();
        (found.Value["name"]!.ToString(), found.Network.ToString()).ShouldBe(("six", "2001:db8::/32"));
        file.Find(IPAddress.Parse("2001:db9::1")).ShouldBeNull();
        file.Find(IPAddress.Parse("203.0.113.5")).ShouldBeNull();
    }

    [Fact]
    public void Other_files_and_damaged_ones_are_refused()
    {
        Should.Throw<InvalidDataException>(() => Open("no database at all"u8.ToArray()));
        Should.Throw<InvalidDataException>(() => Open([]));
        Should.Throw<InvalidDataException>(() => Open([0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8]));
        // A map whose value points at itself.
        var circle = TinyMmdb.Write(TinyMmdb.Tree(("203.0.113.0/24", new JsonObject { ["name"] = "a" })));
        var at = circle.AsSpan().IndexOf(new byte[] { 0xE1, 0x44 });
        (circle[at], circle[at + 1]) = (0x20, 0x00);
        using var file = Open(circle);
        Should.Throw<InvalidDataException>(() => file.Find(IPAddress.Parse("203.0.113.5")));
    }

    MmdbFile Open(byte[] content)
    {
        File.WriteAllBytes(path, content);
        return new MmdbFile(path);
    }
}
