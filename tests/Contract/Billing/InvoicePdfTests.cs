using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Postern.Billing;
using Postern.Billing.Accounts;
using Postern.Billing.Ledger;
using Postern.Billing.Payments;
using Postern.Billing.Providers;
using Postern.Kernel;
using Postern.Tests.Support.Billing;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Contract.Billing;

/// <summary>Poppler reads the invoices that we draw.</summary>
public sealed class InvoicePdfTests
{
    static readonly Guid Organization = Guid.NewGuid();

    [Fact]
    public async Task Another_reader_finds_all_of_the_invoice()
    {
        await using var host = await BillingHost.StartAsync(TestClock.Now(), static services => services.AddSandboxPayments());
        await host.Database.ExecuteAsync("UPDATE billing_seller SET name = 'Pförtner GmbH', address = E'Hauptstraße 1\n10115 Berlin', footer = 'Geschäftsführung: Ł. Żak · Αθήνα · Київ'");
        var order = await host.OrderAsync(Organization, "sandbox", internalUsers: 1200, externalUsers: 3);
        await host.RunAsync<SaveBillingAccount, Result<BillingAccount>>(s => s.ExecuteAsync(
            Organization, new("Ødegård & Ñandú <AS>", "a@example.com", "", "1 Main Street", "", "D01", "Dublin", "", "IE", "", "PO-77"), CancellationToken.None));
        await host.RunAsync<OpenSubscription, bool>(async open =>
        {
            await open.ExecuteAsync(order, new(1200, 3), CancellationToken.None);
            return true;
        });
        await host.Database.ExecuteAsync($"INSERT INTO billing_customer VALUES ('{Organization}', 'sandbox', '{Organization}')");
        var invoice = (await host.RunAsync<ListInvoices, Result<IReadOnlyList<OwnInvoice>>>(l => l.ExecuteAsync(Organization, CancellationToken.None))).Value.ShouldHaveSingleItem();
        var file = (await host.RunAsync<ListInvoices, Result<InvoiceFile>>(l => l.PdfAsync(Organization, "sandbox", invoice.Invoice.Id, CancellationToken.None))).Value;

        var text = await ReadAsync(file.Content);

        file.FileName.ShouldBe("INV-000001.pdf");
        foreach (var part in new[]
                 {
                     "Invoice", "INV-000001", "Pförtner GmbH", "Hauptstraße 1", "Ødegård & Ñandú <AS>", "Dublin", "PO-77", "Enterprise: internal users", "1200", "72,000.00", "VAT 23 %",
                     "16,560.17 USD", "88,560.89 USD", "Geschäftsführung: Ł. Żak · Αθήνα · Київ",
                 })
            text.ShouldContain(part);
        (await host.RunAsync<ListInvoices, Result<InvoiceFile>>(l => l.PdfAsync(Guid.NewGuid(), "sandbox", invoice.Invoice.Id, CancellationToken.None))).Fault.ShouldBeOfType<Fault.NotFound>();
    }

    static async Task<string> ReadAsync(ReadOnlyMemory<byte> pdf)
    {
        var start = new ProcessStartInfo("pdftotext", ["-layout", "-", "-"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var reader = Process.Start(start)!;
        var text = reader.StandardOutput.ReadToEndAsync();
        var errors = reader.StandardError.ReadToEndAsync();
        await reader.StandardInput.BaseStream.WriteAsync(pdf);
        reader.StandardInput.Close();
        (await errors).ShouldBeEmpty();
        return await text;
    }
}
