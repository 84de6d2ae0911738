using Postern.Billing.Accounts;
using Postern.Billing.Taxes;

namespace Postern.Tests.Unit.Billing;

public sealed class TaxTests
{
    static readonly Seller Seller = new() { Name = "Vendor", Country = "DE", ReverseChargeText = "reverse", ExportText = "export" };

    static readonly Dictionary<string, TaxRate> Rates = new(StringComparer.Ordinal)
    {
        ["DE"] = new() { Country = "DE", BasisPoints = 1900, InUnion = true },
        ["FR"] = new() { Country = "FR", BasisPoints = 2000, InUnion = true },
        ["CH"] = new() { Country = "CH", BasisPoints = 810 },
    };

    [Theory]
    [InlineData("DE", TaxIdStatus.Verified, 1900, "")]
    [InlineData("DE", TaxIdStatus.None, 1900, "")]
    [InlineData("FR", TaxIdStatus.None, 2000, "")]
    [InlineData("FR", TaxIdStatus.Unverified, 2000, "")]
    [InlineData("FR", TaxIdStatus.Pending, 0, "reverse")]
    [InlineData("FR", TaxIdStatus.Verified, 0, "reverse")]
    [InlineData("CH", TaxIdStatus.Verified, 0, "export")]
    [InlineData("US", TaxIdStatus.None, 0, "export")]
    public void The_customers_country_and_tax_id_decide(string country, TaxIdStatus status, int basisPoints, string note)
    {
        var decision = DecideTax.Of(Seller, new BillingAccount { Country = country, TaxIdStatus = status }, Rates);
        (decision.BasisPoints, decision.Note).ShouldBe((basisPoints, note));
    }

    [Theory]
    [InlineData("DE 123 456 789", true)]
    [InlineData("de.123-456/789", true)]
    [InlineData("DE12345678", false)]
    [InlineData("FR123456789", false)]
    [InlineData("DE1234567890", false)]
    [InlineData("...", false)]
    public void Tax_ids_have_the_shape_of_their_country(string text, bool isRight)
    {
        var german = new TaxIdFormat { Country = "DE", Label = "VAT number", Pattern = "DE[0-9]{9}", Example = "DE123456789" };
        (TaxIds.Refuse(german, TaxIds.Tidy(text)) is null).ShouldBe(isRight);
    }

    [Fact]
    public void A_pattern_that_takes_for_ever_refuses()
    {
        var evil = new TaxIdFormat { Country = "XX", Label = "number", Pattern = "(A+)+B", Example = "AB" };
        TaxIds.Refuse(evil, new string('A', 40)).ShouldNotBeNull();
    }

    [Fact]
    public void A_country_without_a_format_takes_any_short_identifier()
    {
        TaxIds.Refuse(format: null, "ABC123").ShouldBeNull();
        TaxIds.Refuse(format: null, new string('1', 33)).ShouldNotBeNull();
    }

    [Fact]
    public void Countries_are_chosen_by_name_and_one_of_before_stays()
    {
        Countries.All.ShouldContain(new Country("DE", "Germany"));
        Countries.All.Select(c => c.Code).ShouldBeUnique();
        Countries.All.Count.ShouldBeGreaterThan(190);
        Rates.Keys.ShouldBeSubsetOf(Countries.All.Select(c => c.Code));
        Countries.With("").ShouldBe(Countries.All);
        Countries.With("ZZ").Last().ShouldBe(new Country("ZZ", "ZZ"));
    }
}
