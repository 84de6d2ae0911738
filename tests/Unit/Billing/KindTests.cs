using Postern.Billing.Plans;
using Postern.Billing.Taxes;
using Postern.Kernel.Access;
using Postern.Storage.Kinds;

namespace Postern.Tests.Unit.Billing;

public sealed class KindTests
{
    [Theory]
    [InlineData("EUR", "")]
    [InlineData("eur", "currency")]
    [InlineData("EURO", "currency")]
    public async Task Prices_name_a_currency(string currency, string field) => (await WrongAsync(PriceKind.Kind, new Price { Currency = currency })).ShouldBe(field);

    [Theory]
    [InlineData("DE", "")]
    [InlineData("de", "country")]
    [InlineData("Germany", "country")]
    public async Task Tax_rates_and_the_seller_name_a_country(string country, string field)
    {
        (await WrongAsync(TaxRateKind.Kind, new TaxRate { Country = country })).ShouldBe(field);
        (await WrongAsync(SellerKind.Kind, new Seller { Country = country })).ShouldBe(field);
    }

    [Theory]
    [InlineData("DE", "DE[0-9]{9}", "DE 123 456 789", "")]
    [InlineData("De", "DE[0-9]{9}", "DE123456789", "country")]
    [InlineData("DE", "DE[0-9", "DE123456789", "pattern")]
    [InlineData("DE", "DE[0-9]{9}", "DE12", "example")]
    public async Task A_format_fits_its_own_example(string country, string pattern, string example, string field) =>
        (await WrongAsync(TaxIdFormatKind.Kind, new TaxIdFormat { Country = country, Pattern = pattern, Example = example })).ShouldBe(field);

    static async Task<string> WrongAsync<T>(ModelKind<T> kind, T entity)
        where T : class, new()
    {
        var context = new SaveContext(db: null!, Caller.System, services: null!, CancellationToken.None);
        await kind.ValidateAsync(entity, context);
        return string.Join(' ', context.Errors.Fields);
    }
}
