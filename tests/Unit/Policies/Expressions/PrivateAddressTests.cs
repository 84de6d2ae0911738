using System.Net;
using Postern.Kernel.Outbound;
using Postern.Policies.Expressions.Requests;

namespace Postern.Tests.Unit.Policies.Expressions;

public sealed class PrivateAddressTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::1")]
    [InlineData("fe80::1")]
    [InlineData("fd00::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("224.0.0.1")]
    public void Leads_inside(string address) => PrivateAddress.Is(IPAddress.Parse(address)).ShouldBeTrue();

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("2606:4700::1111")]
    public void Is_public(string address) => PrivateAddress.Is(IPAddress.Parse(address)).ShouldBeFalse();

    [Theory]
    [InlineData("api.example.org", true)]
    [InlineData("API.example.org", true)]
    [InlineData("deep.sub.example.net", true)]
    [InlineData("example.net", false)]
    [InlineData("evilexample.net", false)]
    [InlineData("api.example.org.evil.com", false)]
    public void Hosts_are_allowed_by_name(string host, bool allowed)
    {
        using var http = new AllowedHttp(new Postern.Policies.Expressions.ExpressionLimits { AllowedHosts = ["api.example.org", "*.example.net"] });
        http.IsAllowed(host).ShouldBe(allowed);
    }
}
