package io.synthray.k8s;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * An image that {@code images/pom.xml} defines.
 *
 * @param name without registry and version
 * @param folders folders of the build that go into it
 * @param environment variables that it sets
 */
record BuiltImage(
        String name,
        List<Integer> ports,
        List<String> volumes,
        List<String> entrypoint,
        List<String> folders,
        Map<String, String> environment) {

    private static final String PLUGIN = "/project/build/plugins/plugin[artifactId='jib-maven-plugin']";

    /** Every image by its name. */
    static Map<String, BuiltImage> all() {
        Map<String, BuiltImage> images = new LinkedHashMap<>();
        for (Node execution : nodes(document(), PLUGIN + "/executions/execution")) {
            BuiltImage image = of(execution);
            images.put(image.name(), image);
        }
        return images;
    }

    /** The user that all of them run as. */
    static String user() {
        return texts(document(), PLUGIN + "/configuration/container/user").get(0);
    }

    private static BuiltImage of(Node execution) {
        String target = texts(execution, "configuration/to/image").get(0);
        String name = target.replaceAll("^\\$\\{images\\.registry}(.+):\\$\\{images\\.version}$", "$1");
        Map<String, String> environment = new LinkedHashMap<>();
        for (Node variable : nodes(execution, "configuration/container/environment/*")) {
            environment.put(variable.getNodeName(), variable.getTextContent());
        }
        return new BuiltImage(
                name,
                texts(execution, "configuration/container/ports/port").stream()
                        .map(Integer::valueOf)
                        .toList(),
                texts(execution, "configuration/container/volumes/volume"),
                texts(execution, "configuration/container/entrypoint/*"),
                texts(execution, "configuration/extraDirectories/paths/path/from"),
                environment);
    }

    private static Document document() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            return factory.newDocumentBuilder()
                    .parse(Project.file("images/pom.xml").toFile());
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException("images/pom.xml", e);
        }
    }

    private static List<String> texts(Node from, String path) {
        return nodes(from, path).stream()
                .map(node -> node.getTextContent().strip())
                .toList();
    }

    private static List<Node> nodes(Node from, String path) {
        try {
            XPath language = XPathFactory.newInstance().newXPath();
            NodeList found = (NodeList) language.evaluate(path, from, XPathConstants.NODESET);
            List<Node> nodes = new ArrayList<>();
            for (int i = 0; i < found.getLength(); i++) {
                nodes.add(found.item(i));
            }
            return nodes;
        } catch (XPathExpressionException e) {
            throw new IllegalStateException(path, e);
        }
    }
}
