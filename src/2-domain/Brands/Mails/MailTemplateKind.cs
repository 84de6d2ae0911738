using Postern.Mail;
using Postern.Mail.Languages;
using Postern.Mail.Templates;
using Postern.Storage.Kinds;

namespace Postern.Brands.Mails;

/// <summary>The declaration of an installation's own mail texts.</summary>
public static class MailTemplateKind
{
    public static readonly ModelKind<MailTemplate> Kind = ModelKind<MailTemplate>.Declare("postern_mail.mailtemplate", static (k, kind) =>
    {
        k.Labels("Mail template", "Mail templates").Path("mail/templates").Table("mail_template").Identifiers("name", "brand", "locale");
        k.Named(t => t.Locale.Length > 0 ? $"{t.Name} ({t.Locale})" : t.Name);
        k.Key(t => t.Pk);
        k.Text("name", t => t.Name).Required().MaxLength(200).Help("Which mail: the name of its template, such as email/password_reset.html. email/base.html is the frame around all of them.");
        k.Reference("brand", t => t.BrandPk, "authentik_brands.brand").OnDelete(OnDelete.Cascade).Help("Only for this brand; empty for all.");
        k.Text("locale", t => t.Locale).Rule(LocaleRefusal).Help("Only in this language (en, de, es, fr); empty for all.");
        k.Text("subject", t => t.Subject).Rule(static text => Refusal("subject.txt", text)).Help("May hold values, such as {{ user.name }}. Empty for the usual one.");
        k.LongText("html", t => t.Html).Required().Rule(static text => Refusal("html", text)).Help("In the template language of the guide.");
        k.LongText("text", t => t.Text).Rule(static text => Refusal("text", text)).Help("For readers of plain text. Empty: made from the HTML.");
        k.Filters("name", "brand", "locale");
        k.Search(t => t.Name, t => t.Subject);
        k.Order("name", "locale");
        k.Validate(static async (template, context) =>
        {
            if (!context.Get<MailTemplates>().IsKnown(template.Name))
                context.Errors.Add("name", $"Invalid template '{template.Name}' specified.");
            var twins = (await context.Get<Storage.Snapshots.Snapshot<MailTemplatePicture>>().GetAsync(context.Cancellation)).All;
            if (twins.Any(t => t.Pk != template.Pk && t.Name == template.Name && t.BrandPk == template.BrandPk && t.Locale == template.Locale))
                context.Errors.Add("name", "There is one for this mail, brand and language already.");
        });
    });

    static string? LocaleRefusal(string text) => text.Length == 0 || Language.All.Contains(text, StringComparer.Ordinal) ? null : $"\"{text}\" is not a valid choice.";

    static string? Refusal(string name, string text)
    {
        try
        {
            Template.Parse(name, text);
            return null;
        }
        catch (TemplateException e)
        {
            return e.Message;
        }
    }
}
