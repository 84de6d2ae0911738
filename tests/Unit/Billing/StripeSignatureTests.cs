using System.Text;
using Postern.Billing.Stripe;
using Postern.Kernel.Values;

namespace Postern.Tests.Unit.Billing;

public sealed class StripeSignatureTests
{
    // Made by Stripe's own package for Node: see tests/Contract/judges/stripe-signature.mjs.
    const string Signature = "0c8670ed117751cc551a20e35839447075c42800ea3cf3e8a2fbda99cd1e6edd";

    static readonly byte[] Body = """{"id":"evt_1","object":"event"}"""u8.ToArray();
    static readonly Secret[] Secrets = [new("whsec_test_secret")];
    static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Theory]
    [InlineData($"t=1700000000,v1={Signature}")]
    [InlineData($"t=1700000000,v1=0000000000000000000000000000000000000000000000000000000000000000,v1={Signature},v0=anything")]
    [InlineData($" t=1700000000 , v1={Signature} ")]
    public void A_signature_of_the_secret_holds(string header) => StripeSignature.Holds(Body, header, Secrets, At).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("t=1700000000")]
    [InlineData($"v1={Signature}")]
    [InlineData($"t=1700000001,v1={Signature}")]
    [InlineData($"t=1700000000,v0={Signature}")]
    [InlineData($"t=1700000000,v1={Signature}00")]
    [InlineData($"t=1700000000,t=1700000000,v1={Signature}")]
    [InlineData($"t=-1700000000,v1={Signature}")]
    [InlineData("t=1700000000,v1=0C8670ED117751CC551A20E35839447075C42800EA3CF3E8A2FBDA99CD1E6EDD")]
    [InlineData("t=99999999999999999999,v1=00")]
    public void Anything_else_is_forged(string header) => StripeSignature.Holds(Body, header, Secrets, At).ShouldBeFalse();

    [Fact]
    public void One_changed_byte_breaks_it()
    {
        var header = $"t=1700000000,v1={Signature}";
        for (var i = 0; i < Body.Length; i++)
        {
            var changed = Body.ToArray();
            changed[i] ^= 1;
            StripeSignature.Holds(changed, header, Secrets, At).ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData(300, true)]
    [InlineData(-300, true)]
    [InlineData(301, false)]
    [InlineData(-301, false)]
    public void It_holds_for_five_minutes(int seconds, bool holds) =>
        StripeSignature.Holds(Body, $"t=1700000000,v1={Signature}", Secrets, At.AddSeconds(seconds)).ShouldBe(holds);

    [Fact]
    public void While_the_secret_is_replaced_both_hold()
    {
        var header = $"t=1700000000,v1={Signature}";
        StripeSignature.Holds(Body, header, [new("whsec_new"), .. Secrets], At).ShouldBeTrue();
        StripeSignature.Holds(Body, header, [new("whsec_new")], At).ShouldBeFalse();
    }
}
