using System.Globalization;
using System.Text;
using System.Xml;
using Fengsui.Rules.Testing;

namespace Fengsui.Api.RuleTools;

/// <summary>Results of unit tests in the XML that build servers read.</summary>
internal static class JUnitReport
{
    public static void Write(IReadOnlyList<(string File, List<RuleTestResult> Results)> suites, string path)
    {
        using var xml = XmlWriter.Create(path, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) });
        xml.WriteStartElement("testsuites");
        foreach (var (file, results) in suites)
        {
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", file);
            xml.WriteAttributeString("tests", results.Count.ToString(CultureInfo.InvariantCulture));
            xml.WriteAttributeString("failures", results.Count(result => !result.Passed).ToString(CultureInfo.InvariantCulture));
            results.ForEach(result => Write(xml, file, result));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, string file, RuleTestResult result)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", file);
        xml.WriteAttributeString("name", result.Test.Name);
        foreach (var failure in result.Failures)
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("message", $"{file}:{failure.Spot.Line}: {failure.Title}");
            xml.WriteString(string.Join('\n', failure.Diff.Select(line => RuleTestReport.SignOf(line.Side) + line.Text)));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }
}
