using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Xunit;

namespace Sluice.Registers.Description.Tests;

public class SchemaTests
{
    private static readonly XNamespace Trap = TrapGrammar.Namespace;
    private static readonly XmlSchemaSet Schemas = Load();

    public static TheoryData<string> Blocks => new(
        Directory.GetFiles(Path.Combine(Repository.Root, "Registers", "Blocks"), "*.xml").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Blocks))]
    public void What_the_blocks_say_in_the_trap_namespace_is_valid(string block)
        => Assert.Equal([], Violations(XDocument.Parse(Repository.Read("Registers", "Blocks", block))));

    [Fact]
    public void The_examples_of_the_documentation_are_valid()
        => Assert.All(
            Repository.CodeBlocks(Repository.Read("docs", "language.md"), "xml"),
            example => Assert.Equal([], Violations(XDocument.Parse(example))));

    [Theory]
    [InlineData("<trap:view name=\"guest\" absent=\"ones\"><trap:hookd register=\"R\"/></trap:view>")]
    [InlineData("<trap:view name=\"guest\"/>")]
    [InlineData("<trap:view name=\"Guest\" absent=\"ones\"/>")]
    [InlineData("<trap:view name=\"guest\" absent=\"ones\"><trap:constant register=\"R\" value=\"0xG\"/></trap:view>")]
    [InlineData("<trap:view name=\"guest\" absent=\"ones\"><trap:passthrough register=\"R\" reset=\"0\"/></trap:view>")]
    [InlineData("<trap:suppress rule=\"SLU1040\"/>")]
    [InlineData("<trap:overlay source=\"the manual\"/>")]
    [InlineData("<trap:overlay of=\"chip.svd\"><trap:register of=\"R\"/></trap:overlay>")]
    [InlineData("<trap:overlay of=\"chip.svd\"><trap:peripheral of=\"P\"><trap:field of=\"F\"/></trap:peripheral></trap:overlay>")]
    [InlineData("<trap:overlay of=\"chip.svd\"><trap:peripheral of=\"P\" trap:sticki=\"true\"/></trap:overlay>")]
    [InlineData("<registers trap:typeName=\"int\"/>")]
    [InlineData("<registers trap:typename=\"Int\"/>")]
    public void The_schema_refuses_what_the_reader_refuses(string part)
        => Assert.NotEmpty(Violations(XDocument.Parse("<peripheral xmlns:trap=\"urn:sluice:trap\">" + part + "</peripheral>")));

    [Fact]
    public void The_schema_knows_exactly_what_the_reader_knows()
    {
        HashSet<string> read = [];
        foreach (ElementGrammar element in GrammarIndex.Elements)
        {
            foreach (AttributeGrammar attribute in element.Attributes.Where(attribute => attribute.IsTrap))
            {
                read.Add("@" + attribute.LocalName);
            }

            if (element.IsTrap)
            {
                read.Add(element.LocalName);
                // What SVD's elements hold, entries of overlays hold as well; a schema for SVD is another's, and the attributes stand above.
                bool isEntry = OverlayGrammar.IsEntry(element);
                IEnumerable<AttributeGrammar> attributes = element.Attributes.Where(attribute => !isEntry || !attribute.IsTrap);
                read.UnionWith(attributes.Select(attribute => element.LocalName + "@" + attribute.LocalName + Words(attribute)));
                read.UnionWith(element.Children.Where(rule => !isEntry || rule.Child.IsTrap).Select(rule => element.LocalName + "/" + rule.Child.LocalName));
            }
        }

        HashSet<string> described = [.. Schemas.GlobalAttributes.Names.Cast<XmlQualifiedName>().Select(name => "@" + name.Name)];
        foreach (XmlSchemaElement element in Schemas.GlobalElements.Values)
        {
            Describe(element, described);
        }

        Assert.Equal(read.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    private static string Words(AttributeGrammar attribute)
        => attribute.Words is null ? "" : "=" + string.Join('|', attribute.Words.Words.Order(StringComparer.Ordinal));

    private static void Describe(XmlSchemaElement element, HashSet<string> described)
    {
        if (!described.Add(element.QualifiedName.Name) || element.ElementSchemaType is not XmlSchemaComplexType type)
        {
            return;
        }

        foreach (XmlSchemaAttribute attribute in type.AttributeUses.Values)
        {
            IEnumerable<XmlSchemaObject> facets = attribute.AttributeSchemaType?.Content is XmlSchemaSimpleTypeRestriction restriction
                ? restriction.Facets.Cast<XmlSchemaObject>()
                : [];
            string words = string.Join('|', facets.OfType<XmlSchemaEnumerationFacet>().Select(facet => facet.Value).Order(StringComparer.Ordinal));
            described.Add(element.QualifiedName.Name + "@" + attribute.QualifiedName.Name + (words.Length == 0 ? "" : "=" + words));
        }

        foreach (XmlSchemaElement child in Elements(type.ContentTypeParticle))
        {
            described.Add(element.QualifiedName.Name + "/" + child.QualifiedName.Name);
            Describe(child, described);
        }
    }

    private static IEnumerable<XmlSchemaElement> Elements(XmlSchemaParticle particle) => particle switch
    {
        XmlSchemaElement element => [element],
        XmlSchemaGroupBase group => group.Items.Cast<XmlSchemaParticle>().SelectMany(Elements),
        _ => [],
    };

    private static List<string> Violations(XDocument document)
    {
        List<string> violations = [];
        foreach (XElement element in document.Descendants().Where(element => element.Name.Namespace == Trap && element.Parent?.Name.Namespace != Trap))
        {
            new XDocument(new XElement(element)).Validate(Schemas, (_, violation) => violations.Add(violation.Message));
        }

        foreach (XAttribute attribute in document.Descendants().Attributes().Where(attribute => attribute.Name.Namespace == Trap))
        {
            if (Schemas.GlobalAttributes[new XmlQualifiedName(attribute.Name.LocalName, TrapGrammar.Namespace)] is not XmlSchemaAttribute known)
            {
                violations.Add("unknown attribute " + attribute);
                continue;
            }

            try
            {
                known.AttributeSchemaType!.Datatype!.ParseValue(attribute.Value, new NameTable(), null);
            }
            catch (XmlSchemaException exception)
            {
                violations.Add(attribute + ": " + exception.Message);
            }
        }

        return violations;
    }

    private static XmlSchemaSet Load()
    {
        XmlSchemaSet schemas = new();
        using StringReader text = new(Repository.Read("Registers", "Description", "trap.xsd"));
        using XmlReader reader = XmlReader.Create(text);
        schemas.Add(TrapGrammar.Namespace, reader);
        schemas.Compile();
        return schemas;
    }
}
