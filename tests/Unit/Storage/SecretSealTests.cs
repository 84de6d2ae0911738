using Postern.Kernel.Values;
using Postern.Storage.Opening;

namespace Postern.Tests.Unit.Storage;

public sealed class SecretSealTests
{
    readonly SecretSeal seal = new(new Secret("one secret key"));

    [Fact]
    public void Opens_what_it_sealed_and_seals_differently_each_time()
    {
        var sealed1 = seal.Seal(new Secret("hidden"), "use");
        sealed1.ShouldNotContain("hidden");
        seal.Seal(new Secret("hidden"), "use").ShouldNotBe(sealed1);
        seal.Open(sealed1, "use")!.Value.Reveal.ShouldBe("hidden");
    }

    [Fact]
    public void Another_key_another_purpose_or_a_changed_text_opens_nothing()
    {
        var text = seal.Seal(new Secret("hidden"), "use");
        new SecretSeal(new Secret("other key")).Open(text, "use").ShouldBeNull();
        seal.Open(text, "other use").ShouldBeNull();
        var last = text[^6] == 'A' ? 'B' : 'A';
        seal.Open(text[..^6] + last + text[^5..], "use").ShouldBeNull();
        seal.Open("sealed:1:AAAA", "use").ShouldBeNull();
        seal.Open("sealed:1:?", "use").ShouldBeNull();
    }

    [Fact]
    public void A_key_of_before_opens_and_hashes_alike_but_seals_nothing()
    {
        var turned = new SecretSeal(new Secret("another key"), new Secret("one secret key"));
        var before = seal.Seal(new Secret("hidden"), "use");
        turned.Open(before, "use")!.Value.Reveal.ShouldBe("hidden");
        turned.Open(before, "other use").ShouldBeNull();
        turned.IsCurrent(before, "use").ShouldBeFalse();
        var now = turned.Keep(before, new Secret("hidden"), "use");
        turned.IsCurrent(now, "use").ShouldBeTrue();
        turned.Keep(now, new Secret("hidden"), "use").ShouldBe(now);
        turned.Keep(now, new Secret("changed"), "use").ShouldNotBe(now);
        seal.Open(now, "use").ShouldBeNull();
        turned.Hashes(new Secret("code"), "use").ShouldContain(h => h.SequenceEqual(seal.Hash(new Secret("code"), "use")));
        turned.Hash(new Secret("code"), "use").ShouldNotBe(seal.Hash(new Secret("code"), "use"));
    }

    [Fact]
    public void Leaves_alone_what_is_no_secret_or_was_never_sealed()
    {
        seal.Seal(new Secret(""), "use").ShouldBe("");
        seal.Open("plain", "use")!.Value.Reveal.ShouldBe("plain");
    }
}
